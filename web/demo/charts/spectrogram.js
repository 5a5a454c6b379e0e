import { toBrightness } from './loudness.js';

/** @import { MelColumns } from 'edgel3' */

/** Gathers the spectrogram of a whole sound as the network hears it, in so few columns that a screen can show them. */
export class SpectrogramCollector {
  #maxColumns;
  /** Columns of the sound that become one that is kept. */
  #merged = 1;
  #count = 0;
  /** @type {Float32Array[]} */
  #columns = [];

  /** @param {number} maxColumns where the sound has more, neighbours are merged: the loudest is seen */
  constructor(maxColumns) {
    this.#maxColumns = maxColumns;
  }

  /** @param {MelColumns} columns what model.melColumns gives next */
  add({ melColumns, shape: [count, bands] }) {
    for (let index = 0; index < count; index++) {
      const column = melColumns.subarray(index * bands, (index + 1) * bands);
      const last = this.#columns.at(-1);
      if (last && this.#count % this.#merged !== 0) merge(last, column);
      else this.#columns.push(column.slice());
      this.#count++;
    }
    // How long it will be is not known before: so twice as many are kept, and each two become one.
    while (this.#columns.length >= 2 * this.#maxColumns) {
      for (let index = 0; index + 1 < this.#columns.length; index += 2) {
        merge(this.#columns[index], this.#columns[index + 1]);
      }
      this.#columns = this.#columns.filter((_, index) => index % 2 === 0);
      this.#merged *= 2;
    }
  }

  /**
   * @param {number} duration seconds of the sound: what lies behind its end is left out
   * @param {number} period seconds from one column of the network's to the next
   * @returns {Float32Array[]} columns from 0 (dark) to 1, the lowest band first; at least one
   */
  finish(duration, period) {
    const count = Math.max(1, Math.ceil(duration / (period * this.#merged)));
    return this.#columns.slice(0, count).map(toBrightness);
  }
}

/** @param {Float32Array} target @param {Float32Array} column */
function merge(target, column) {
  for (const [band, level] of column.entries()) target[band] = Math.max(target[band], level);
}
