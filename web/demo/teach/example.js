import { createButton } from '../page/dom.js';
import { soundOf } from '../sounds/shipped.js';
import { SHIPPED_SOUNDS } from '../sounds/sounds.js';
import { createId } from './taught.js';

/** @import { Sound } from '../sounds/sounds.js' */
/** @import { SoundClass } from './taught.js' */

/** What can be taught without a microphone: of each kind all but the last sound, which is for trying. */
const TAUGHT_KINDS = ['bird', 'engine'];

/** What is none of them. */
const OTHER_KIND = 'rain';

const soundsOf = (/** @type {string} */ kind) => SHIPPED_SOUNDS.filter((sound) => sound.kind === kind);

/** @returns {SoundClass[]} two sounds, taught by sounds that come with the page */
export function exampleClasses() {
  return TAUGHT_KINDS.map((kind) => ({
    id: createId(),
    name: kind,
    recordings: soundsOf(kind)
      .slice(0, -1)
      .map((shipped) => ({ id: createId(), origin: shipped.name, sound: soundOf(shipped) })),
  }));
}

/**
 * Buttons that play a sound of each of these kinds that was not taught, and one of another kind, once they are taught.
 *
 * @param {HTMLElement} place
 * @param {SoundClass[]} classes
 * @param {(sound: Sound) => void} onTry
 */
export function showTryButtons(place, classes, onTry) {
  const taught = new Set(classes.flatMap(({ recordings }) => recordings.map(({ origin }) => origin)));
  const kinds = TAUGHT_KINDS.filter((kind) => soundsOf(kind).some(({ name }) => taught.has(name)));
  const tried = kinds.length === 0 ? [] : [...kinds, OTHER_KIND];
  const names = tried.join();
  // Those that are there keep the focus.
  if (place.dataset.tried === names) return;
  place.dataset.tried = names;
  place.replaceChildren(
    ...tried.map((kind) => {
      const [shipped] = soundsOf(kind).slice(-1);
      const text = kind === OTHER_KIND ? `Play it ${kind}` : `Play it another ${kind}`;
      return createButton(text, () => onTry(soundOf(shipped)));
    }),
  );
}
