import { readFile } from 'node:fs/promises';
import { EdgeL3Error, SoundClassifier } from '../node.js';
import { toNumber } from './options.js';

/** @import { EmbeddingModel } from '../node.js' */
/** @import { Options, Values } from './arguments.js' */

/** Of all commands that recognise what was taught. @satisfies {Options} */
export const CLASSIFIER_OPTIONS = {
  with: { value: 'FILE' },
  hold: { value: 'SECONDS', isNumber: true },
  release: { value: 'SECONDS', isNumber: true },
};

/** What their help says of them. */
export const CLASSIFIER_HELP = `      --with FILE              what was learned, by 'edgel3 teach' or in a page
      --hold SECONDS           how long a sound must last (default: 0.3)
      --release SECONDS        how long it may be away without ending (default: 0.5)
`;

/**
 * What was learned, before the network is there.
 *
 * @typedef {object} SavedClassifier
 * @property {number} hopSize seconds between the windows that were taught
 * @property {(model: EmbeddingModel) => SoundClassifier} of throws model_mismatch where it learned from another network
 */

/**
 * @param {string} path
 * @returns {Promise<SavedClassifier>}
 * @throws {EdgeL3Error} file_not_found, file_unreadable, file_unsupported, file_damaged
 */
export async function readClassifier(path) {
  const json = await readText(path);
  const { hopSize } = SoundClassifier.fromJSON(json);
  return { hopSize, of: (model) => SoundClassifier.fromJSON(json, { model }) };
}

/**
 * @param {Values} values
 * @returns {import('../node.js').EventOptions} for windows that are not centred, as everything that is taught
 * @throws {import('./usage_error.js').UsageError}
 */
export function toEventOptions(values) {
  return { hold: toNumber('hold', values), release: toNumber('release', values), center: false };
}

/** @param {string} path */
async function readText(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (cause);
    if (code === 'ENOENT') throw new EdgeL3Error('file_not_found', `There is no file ${path}.`, cause);
    throw new EdgeL3Error('file_unreadable', `${path} could not be read (${code}).`, cause);
  }
}
