/** Brings each of a vector's numbers to 0 to 1, by the least and the greatest that it was so far. */
export class MinMaxScaler {
  #least;
  #greatest;

  /** @param {number} length */
  constructor(length) {
    this.#least = new Float32Array(length).fill(Number.POSITIVE_INFINITY);
    this.#greatest = new Float32Array(length).fill(Number.NEGATIVE_INFINITY);
  }

  /** @param {Float32Array} vector */
  widen(vector) {
    for (const [index, value] of vector.entries()) {
      this.#least[index] = Math.min(this.#least[index], value);
      this.#greatest[index] = Math.max(this.#greatest[index], value);
    }
  }

  /** @param {Float32Array} vector that was among those that the scaler was widened by */
  scale(vector) {
    return vector.map((value, index) => {
      const width = this.#greatest[index] - this.#least[index];
      return width === 0 ? 0 : (value - this.#least[index]) / width;
    });
  }
}
