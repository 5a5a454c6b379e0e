/** @typedef {{ index: number, value: number }} Candidate */

/** Keeps the largest of many numbers. */
export class Best {
  #count;
  /** @type {Candidate[]} the largest so far, and some that may not be */
  #candidates = [];

  /** What a number must exceed to count. */
  least = Number.NEGATIVE_INFINITY;

  /** @param {number} count how many are kept */
  constructor(count) {
    this.#count = count;
    if (count === 0) this.least = Number.POSITIVE_INFINITY;
  }

  /**
   * @param {number} index larger than those before
   * @param {number} value more than `least`
   */
  offer(index, value) {
    this.#candidates.push({ index, value });
    if (this.#candidates.length >= 2 * this.#count + 16) this.#cut();
  }

  /** @returns {Candidate[]} the largest first, of equal ones that with the smaller index */
  take() {
    this.#cut();
    return this.#candidates;
  }

  #cut() {
    this.#candidates.sort((a, b) => b.value - a.value || a.index - b.index);
    this.#candidates.splice(this.#count);
    if (this.#candidates.length === this.#count && this.#count > 0)
      this.least = this.#candidates[this.#count - 1].value;
  }
}
