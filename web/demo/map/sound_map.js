import { create } from '../page/dom.js';
import { placeLabels } from './labels.js';

/** @import { Place } from './layout.js' */

/**
 * @typedef {object} MapSound
 * @property {string} name
 * @property {string} kind one of the kinds, or 'yours'
 * @property {import('../sounds/sounds.js').Sound} sound
 * @property {Float32Array} embedding of length 1
 * @property {Place} place
 */

/**
 * @typedef {object} MapListeners
 * @property {(sound: MapSound) => void} onPoint at a dot, by pointer or keyboard
 * @property {(sound: MapSound) => void} onChoose
 */

const SVG = 'http://www.w3.org/2000/svg';

/** Dots for sounds, in the colours of their kinds. They fly when their places change. */
export class SoundMap {
  #root;
  #listeners;
  #lines = document.createElementNS(SVG, 'svg');
  /** @type {Map<string, HTMLElement>} the names of the kinds, by kind */
  #labels = new Map();
  /** @type {Map<MapSound, HTMLButtonElement>} */
  #dots = new Map();

  /**
   * @param {HTMLElement} root
   * @param {MapListeners} listeners
   */
  constructor(root, listeners) {
    this.#root = root;
    this.#listeners = listeners;
    this.#lines.setAttribute('viewBox', '0 0 100 100');
    this.#lines.setAttribute('preserveAspectRatio', 'none');
    this.#lines.setAttribute('aria-hidden', 'true');
    root.append(this.#lines);
    root.addEventListener('keydown', (event) => this.#walk(event));
  }

  /** @param {MapSound} sound */
  add(sound) {
    const dot = create('button', {
      type: 'button',
      className: 'dot',
      tabIndex: this.#dots.size === 0 ? 0 : -1,
    });
    dot.dataset.kind = sound.kind;
    dot.ariaLabel = sound.name;
    dot.title = sound.name;
    dot.onclick = () => this.#listeners.onChoose(sound);
    dot.onpointerenter = ({ pointerType }) => pointerType === 'mouse' && this.#listeners.onPoint(sound);
    dot.onfocus = () => {
      for (const other of this.#dots.values()) other.tabIndex = other === dot ? 0 : -1;
      if (dot.matches(':focus-visible')) this.#listeners.onPoint(sound);
    };
    this.#dots.set(sound, dot);
    move(dot, sound.place);
    this.#root.append(dot);
  }

  /** @param {MapSound} sound */
  remove(sound) {
    const dot = this.#dots.get(sound);
    this.#dots.delete(sound);
    dot?.remove();
    // The keyboard shall still reach one.
    const [first] = this.#dots.values();
    if (dot?.tabIndex === 0 && first) first.tabIndex = 0;
  }

  /** @param {boolean} isListening whether the network still listens to the sounds */
  setListening(isListening) {
    this.#root.classList.toggle('listening', isListening);
    if (isListening) for (const dot of this.#dots.values()) dot.classList.remove('known');
  }

  /** @param {MapSound} sound which the network has heard */
  setKnown(sound) {
    this.#dots.get(sound)?.classList.add('known');
  }

  /** Moves all dots to their sounds' places, and the names of the kinds beside them. */
  update() {
    for (const [sound, dot] of this.#dots) move(dot, sound.place);
    for (const [kind, place] of placeLabels([...this.#dots.keys()])) {
      const label = this.#labels.get(kind) ?? create('span', { className: 'kind', textContent: kind });
      label.ariaHidden = 'true';
      label.dataset.kind = kind;
      this.#labels.set(kind, label);
      move(label, place);
      this.#root.append(label);
    }
  }

  /**
   * Marks one sound, and draws lines from it to others.
   *
   * @param {MapSound | undefined} sound
   * @param {MapSound[]} others the nearest first
   */
  mark(sound, others) {
    for (const [one, dot] of this.#dots) {
      dot.classList.toggle('chosen', one === sound);
      dot.classList.toggle('near', others.includes(one));
    }
    this.#lines.replaceChildren(
      ...others.map(({ place }, index) => {
        const line = document.createElementNS(SVG, 'line');
        const [from, to] = [/** @type {MapSound} */ (sound).place, place];
        for (const [name, value] of Object.entries({ x1: from[0], y1: from[1], x2: to[0], y2: to[1] })) {
          line.setAttribute(name, String(100 * value));
        }
        line.style.opacity = String(1 - 0.22 * index);
        return line;
      }),
    );
  }

  /** @param {MapSound | undefined} sound the one that is heard */
  sound(sound) {
    for (const [one, dot] of this.#dots) dot.classList.toggle('heard', one === sound);
  }

  /** @param {MapSound} sound */
  focus(sound) {
    this.#dots.get(sound)?.focus();
  }

  /** By the arrow keys to the nearest dot in that direction. @param {KeyboardEvent} event */
  #walk(event) {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ];
    const from = [...this.#dots.keys()].find((sound) => this.#dots.get(sound) === document.activeElement);
    if (!direction || !from) return;
    event.preventDefault();
    const [x, y] = direction;
    const ahead = [...this.#dots.keys()]
      .map((sound) => {
        const [dx, dy] = [sound.place[0] - from.place[0], sound.place[1] - from.place[1]];
        const along = dx * x + dy * y;
        return { sound, along, cost: along + 3 * Math.abs(dx * y - dy * x) };
      })
      .filter(({ along }) => along > 1e-6)
      .sort((a, b) => a.cost - b.cost);
    if (ahead[0]) this.focus(ahead[0].sound);
  }
}

/** @param {HTMLElement} element @param {Place} place */
function move(element, [x, y]) {
  element.style.left = `${100 * x}%`;
  element.style.top = `${100 * y}%`;
}
