import { access } from 'node:fs/promises';
import { EdgeL3Error, listPublishedModels, loadEmbeddingModel } from '../node.js';

/** @import { EmbeddingModel, ModelOptions } from '../node.js' */

/**
 * loadEmbeddingModel, whose source may also be the name of a published model.
 *
 * @param {ModelOptions} options
 * @returns {Promise<EmbeddingModel>} to be closed after use
 * @throws {EdgeL3Error} what loadEmbeddingModel throws
 */
export async function loadModel({ source, ...options }) {
  if (typeof source !== 'string') return loadEmbeddingModel({ source, ...options });
  return loadEmbeddingModel({ source: await findModel(source), ...options });
}

/**
 * @param {string} name a path, a URL, or the name of a published model; a file of such a name comes first
 * @returns {Promise<string>} where it is
 * @throws {EdgeL3Error} model_not_found if it has not been fetched
 */
export async function findModel(name) {
  const isThere = await access(name).then(
    () => true,
    () => false,
  );
  const published = isThere ? [] : await listPublishedModels();
  const model = published.find((model) => model.name === name);
  if (!model) return name;
  if (model.path) return model.path;
  throw new EdgeL3Error(
    'model_not_found',
    `${name} has not been fetched: run 'edgel3 models fetch ${name}' once, with a network.`,
  );
}
