import { EdgeL3Error } from './errors.js';

/**
 * Where there is no folder of published models: in a page.
 *
 * @param {string} name a published model
 * @returns {Promise<never>}
 * @throws {EdgeL3Error} model_not_found
 */
export async function readPublished(name) {
  throw new EdgeL3Error(
    'model_not_found',
    `A page has no folder of models: give the file ${name}.h5.gz, or what convertModel makes of it, as 'source'.`,
  );
}
