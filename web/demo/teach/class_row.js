import { create, createButton, listenToFiles } from '../page/dom.js';
import { player } from '../sound/player.js';
import { makeRecorder } from '../sound/recorder.js';
import { BACKGROUND } from './classifier.js';

/** @import { Sound } from '../sounds/sounds.js' */
/** @import { Recording, SoundClass } from './taught.js' */

/** Seconds of a recording. */
const RECORDING_TIME = 3;

/**
 * @typedef {object} RowListeners
 * @property {(name: string) => void} onRename
 * @property {() => string} chooseDevice
 * @property {() => void} onStart recording begins
 * @property {(sound: Sound) => unknown} onSound
 * @property {(error: unknown) => void} onError
 * @property {(files: File[]) => void} onFiles
 * @property {(recording: Recording) => void} onDelete
 * @property {() => void} onRemove
 */

/** One sound to be told from others: its name, its recordings, and what can be done with them. */
export class ClassRow {
  #listeners;
  #name;
  #record;
  #remove;
  #recordings = create('ul', { className: 'recordings' });
  #fileInput;
  element;

  /** @param {SoundClass} soundClass @param {RowListeners} listeners */
  constructor(soundClass, listeners) {
    this.#listeners = listeners;
    this.#name = create('input', { type: 'text', value: soundClass.name });
    this.#name.ariaLabel = 'Name of the sound';
    this.#name.oninput = () => listeners.onRename(this.#name.value);
    this.#record = createButton(`Record ${RECORDING_TIME} s`, () => {});
    makeRecorder(this.#record, RECORDING_TIME, {
      choose: () => ({ deviceId: listeners.chooseDevice(), mayBeQuiet: isQuiet(this.#name.value) }),
      onStart: listeners.onStart,
      onSound: listeners.onSound,
      onError: listeners.onError,
    });
    this.#fileInput = create('input', {
      type: 'file',
      accept: 'audio/*,.aif,.aiff,.flac,.opus,.oga',
      multiple: true,
    });
    listenToFiles(this.#fileInput, listeners.onFiles);
    this.#remove = createButton('Remove', listeners.onRemove);
    this.element = create('div', { className: 'class' }, [
      create('div', { className: 'actions' }, [
        this.#name,
        this.#record,
        create('label', { className: 'button', textContent: 'From files' }, [this.#fileInput]),
        this.#remove,
      ]),
      this.#recordings,
    ]);
    this.element.dataset.id = soundClass.id;
  }

  /**
   * @param {SoundClass} soundClass
   * @param {string | undefined} network SHA-256 of the one at work
   */
  update({ name, recordings }, network) {
    if (this.#name.value !== name) this.#name.value = name;
    // Its text changes while it records, so that is not what it is called.
    this.#record.title = `Record ${name}`;
    this.#fileInput.ariaLabel = `Files for ${name}`;
    this.#remove.ariaLabel = `Remove ${name}`;
    const focused = [...this.#recordings.children].findIndex((item) => item.contains(document.activeElement));
    this.#recordings.replaceChildren(
      ...recordings.map((recording, index) => this.#createItem(recording, `${name} ${index + 1}`, network)),
    );
    if (recordings.length === 0) this.#recordings.append(create('li', { textContent: 'no recordings yet' }));
    if (focused >= 0) this.#focusNear(Math.min(focused, recordings.length - 1));
  }

  /** Where a recording was deleted, its neighbour gets the focus. @param {number} index */
  #focusNear(index) {
    const button = index >= 0 && this.#recordings.children[index].querySelector('button:last-of-type');
    /** @type {HTMLElement} */ (button || this.#record).focus();
  }

  /**
   * @param {Recording} recording
   * @param {string} name
   * @param {string | undefined} network
   */
  #createItem(recording, name, network) {
    const { sound, origin, embedded } = recording;
    const isUsed = network === undefined || sound !== undefined || embedded?.network === network;
    const item = create('li', {
      title: isUsed ? origin : `${origin}: of another network, which is waited for`,
    });
    item.classList.toggle('unused', !isUsed);
    if (sound) {
      const play = createButton('▶', () => player.play(sound).catch(this.#listeners.onError), `Play ${name}`);
      item.append(play, `${(sound.samples.length / sound.sampleRate).toFixed(1)} s`);
    } else {
      item.append(origin);
    }
    item.append(createButton('×', () => this.#listeners.onDelete(recording), `Delete ${name}`));
    return item;
  }
}

/** @param {string} name of a sound */
function isQuiet(name) {
  return [BACKGROUND, 'silence', 'quiet', 'nothing'].includes(name.trim().toLowerCase());
}
