import { loadEmbeddingModel } from 'edgel3';

/** @import { EmbeddingModel, ModelOptions } from 'edgel3' */

/**
 * Which network: a file, and what it is where it does not tell by itself. Without a file, the built-in one.
 *
 * @typedef {Pick<ModelOptions, 'modelType' | 'inputRepr'> & { source?: File }} Choice
 */

/**
 * The network at work, for all views. Fires 'change' when it is another one.
 */
export class Session extends EventTarget {
  /** @type {Promise<EmbeddingModel>} */
  #model;
  #onNoWorker;
  /** @type {Choice} */
  #choice = {};

  /** @param {() => void} onNoWorker all work is done in the page itself */
  constructor(onNoWorker) {
    super();
    this.#onNoWorker = onNoWorker;
    this.#model = this.#load(this.#choice);
    this.#model.then(showModel, () => {});
  }

  /** The network, once it is loaded. */
  get model() {
    return this.#model;
  }

  /** Which one it is. */
  get choice() {
    return this.#choice;
  }

  /**
   * @param {Choice} choice
   * @returns {Promise<EmbeddingModel>} the one before stays if this one cannot be loaded
   */
  async use(choice) {
    const next = this.#load(choice);
    const model = await next;
    const before = this.#model;
    this.#model = next;
    this.#choice = choice;
    showModel(model);
    this.dispatchEvent(new Event('change'));
    await before.then(
      (model) => model.close(),
      () => {},
    );
    return model;
  }

  /** @param {Choice} choice */
  #load(choice) {
    // The only warning there is while a network is loaded.
    return loadEmbeddingModel({ ...choice, onWarning: this.#onNoWorker });
  }
}

/**
 * Fills in every place of the page that says something about the network.
 *
 * @param {EmbeddingModel} model
 */
function showModel(model) {
  /** @type {Record<string, string>} */
  const facts = {
    name: model.name,
    modelType: model.modelType,
    embeddingDimension: String(model.embeddingDimension),
    highest: `${model.sampleRate / 2000} kHz`,
    sparsity: `${model.sparsity.toFixed(1)} %`,
    build: `${model.build} SIMD`,
    workers: model.workers === 0 ? 'none beside the page' : String(model.workers),
  };
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-model]'))) {
    place.textContent = facts[String(place.dataset.model)];
  }
}
