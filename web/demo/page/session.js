import { loadEmbeddingModel } from 'edgel3';

/**
 * The network at work, for all views. Fires 'change' when it is another one.
 */
export class Session extends EventTarget {
  /** @type {Promise<import('edgel3').EmbeddingModel>} */
  #model;

  constructor() {
    super();
    this.#model = this.#load(undefined);
  }

  /** The network, once it is loaded. */
  get model() {
    return this.#model;
  }

  /**
   * @param {File | undefined} source a model file; undefined: the built-in network
   * @returns {Promise<void>} the one before stays if this one cannot be loaded
   */
  async use(source) {
    const next = this.#load(source);
    await next;
    const before = this.#model;
    this.#model = next;
    this.dispatchEvent(new Event('change'));
    await before.then(
      (model) => model.close(),
      () => {},
    );
  }

  /** @param {File | undefined} source */
  #load(source) {
    const loading = loadEmbeddingModel({ source });
    loading.then(showModel, () => {});
    return loading;
  }
}

/**
 * Fills in every place of the page that says something about the network.
 *
 * @param {import('edgel3').EmbeddingModel} model
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
