/** @import { Sound } from '../sounds/sounds.js' */
/** @import { EmbeddingRows } from 'edgel3/analysis' */

/**
 * @typedef {object} Recording
 * @property {string} id
 * @property {string} origin what it is: 'recording', or the name of a file
 * @property {Sound} [sound] absent from what was loaded: an examples file holds embeddings, no sound
 * @property {{ network: string, rows: EmbeddingRows }} [embedded] what a network made of it; its SHA-256
 */

/** @typedef {{ id: string, name: string, recordings: Recording[] }} SoundClass */

/** States that can be come back to. */
const MAX_HISTORY = 30;

let count = 0;

/** @returns {string} another one each time, also in another visit */
export function createId() {
  count++;
  return `${Date.now().toString(36)}-${count}`;
}

/** What was taught. States are never changed, but replaced, so that each change can be undone. Fires 'change'. */
export class Taught extends EventTarget {
  /** @type {SoundClass[]} */
  #classes;
  /** @type {{ classes: SoundClass[], what: string }[]} */
  #history = [];

  /** @param {SoundClass[]} classes */
  constructor(classes) {
    super();
    this.#classes = classes;
  }

  get classes() {
    return this.#classes;
  }

  /** What undo would undo; undefined where there is nothing. */
  get undoable() {
    return this.#history.at(-1)?.what;
  }

  /**
   * @param {string} what is done, such as 'remove tap'
   * @param {SoundClass[]} classes
   */
  replace(what, classes) {
    this.#history.push({ classes: this.#classes, what });
    if (this.#history.length > MAX_HISTORY) this.#history.shift();
    this.#set(classes);
  }

  /** The same as the network hears it now, or as it was kept: nothing to be undone. @param {SoundClass[]} classes */
  refresh(classes) {
    this.#set(classes);
  }

  undo() {
    const before = this.#history.pop();
    if (before) this.#set(before.classes);
  }

  /** @param {string} name */
  addClass(name) {
    this.replace(`add ${name}`, [...this.#classes, { id: createId(), name, recordings: [] }]);
  }

  /** @param {SoundClass} soundClass */
  removeClass({ id, name }) {
    this.replace(
      `remove ${name}`,
      this.#classes.filter((other) => other.id !== id),
    );
  }

  /** Not to be undone: it is typed letter by letter. @param {SoundClass} soundClass @param {string} name */
  rename({ id }, name) {
    this.#set(this.#classes.map((other) => (other.id === id ? { ...other, name } : other)));
  }

  /** @param {SoundClass} soundClass @param {Omit<Recording, 'id'>} recording */
  addRecording({ id, name }, recording) {
    const own = { ...recording, id: createId() };
    this.replace(
      `teach ${name}`,
      this.#classes.map((other) =>
        other.id === id ? { ...other, recordings: [...other.recordings, own] } : other,
      ),
    );
  }

  /** @param {SoundClass} soundClass @param {Recording} recording */
  removeRecording({ id, name }, recording) {
    this.replace(
      `delete a recording of ${name}`,
      this.#classes.map((other) =>
        other.id === id
          ? { ...other, recordings: other.recordings.filter((one) => one.id !== recording.id) }
          : other,
      ),
    );
  }

  /** @param {SoundClass[]} classes */
  #set(classes) {
    this.#classes = classes;
    this.dispatchEvent(new Event('change'));
  }
}
