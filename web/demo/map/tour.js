/** @import { MapSound } from './sound_map.js' */

/** Milliseconds: until the dots have flown to their places, and for each sound. */
const BEGINNING = 1600;
const PERIOD = 2400;

/** From one sound to the next, coprime to how many there are, so that kinds alternate and all have their turn. */
const STEP = 7;

/** Shows one sound after the other, until the visitor does something. */
export class Tour {
  #onSound;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isOver = false;

  /** @param {(sound: MapSound) => void} onSound */
  constructor(onSound) {
    this.#onSound = onSound;
  }

  /** @param {MapSound[]} sounds */
  start(sounds) {
    let index = 0;
    const next = () => {
      if (this.#isOver) return;
      this.#onSound(sounds[index]);
      index = (index + STEP) % sounds.length;
      this.#timer = setTimeout(next, PERIOD);
    };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(next, BEGINNING);
  }

  /** For good. */
  end() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}
