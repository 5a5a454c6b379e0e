import { similarity } from 'edgel3';

/** Seconds after which the past counts for a third. */
const MEMORY = 3;

/** How unlike the recent past each new embedding is. */
export class Novelty {
  #share;
  /** @type {Float32Array | undefined} */
  #past;

  /** @param {number} hopSize seconds between embeddings */
  constructor(hopSize) {
    this.#share = 1 - Math.exp(-hopSize / MEMORY);
  }

  /**
   * @param {Float32Array} embedding
   * @returns {number} from 0 (the same as before) to 1 or, where embeddings have negative numbers, 2
   */
  next(embedding) {
    const past = this.#past ?? embedding;
    this.#past = past.map((value, index) => value + this.#share * (embedding[index] - value));
    return 1 - similarity(embedding, past);
  }
}
