import { analyse } from './analysis.js';

/** @import { EmbeddingModel } from 'edgel3' */
/** @import { Settings } from '../page/settings.js' */
/** @import { Analysis } from './analysis.js' */

/**
 * @typedef {object} QueueListeners
 * @property {() => Promise<{ model: EmbeddingModel, settings: Settings }>} choose asked for each file
 * @property {(file: File, analysis: Analysis) => void} onAnalysis
 * @property {(file: File, error: unknown) => void} onFailure
 * @property {() => void} onProgress
 */

/** Works on files, one after the other. More may come at any time. */
export class FileQueue {
  #listeners;
  /** @type {File[]} */
  #waiting = [];
  /** @type {AbortController | undefined} */
  #working;
  #done = 0;
  #fraction = 0;
  #name = '';

  /** @param {QueueListeners} listeners */
  constructor(listeners) {
    this.#listeners = listeners;
  }

  /** What is worked on; undefined while nothing is. Fractions from 0 to 1. */
  get state() {
    if (!this.#working) return undefined;
    const total = this.#done + 1 + this.#waiting.length;
    return {
      name: this.#name,
      number: this.#done + 1,
      total,
      fraction: this.#fraction,
      all: (this.#done + this.#fraction) / total,
    };
  }

  /** @param {File[]} files */
  add(files) {
    this.#waiting.push(...files);
    if (!this.#working) this.#work();
    else this.#listeners.onProgress();
  }

  /** @returns {File[]} those that waited, or were worked on */
  clear() {
    const waiting = this.#waiting.splice(0);
    this.#working?.abort();
    return waiting;
  }

  async #work() {
    const { choose, onAnalysis, onFailure, onProgress } = this.#listeners;
    this.#done = 0;
    for (let file = this.#waiting.shift(); file; file = this.#waiting.shift()) {
      const controller = new AbortController();
      const { signal } = controller;
      this.#working = controller;
      this.#name = file.name;
      this.#fraction = 0;
      onProgress();
      try {
        const { model, settings } = await choose();
        const analysis = await analyse(file, model, settings, {
          signal,
          onProgress: (fraction) => {
            this.#fraction = fraction;
            onProgress();
          },
        });
        if (!signal.aborted) onAnalysis(file, analysis);
      } catch (error) {
        if (!signal.aborted) onFailure(file, error);
      }
      this.#done++;
    }
    this.#working = undefined;
    onProgress();
  }
}
