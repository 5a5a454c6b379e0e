import { describeChoice } from '../common/describe.js';
import { EdgeL3Error } from '../common/errors.js';
import { oneOf } from '../common/options.js';
import { IDENTITY_KINDS, toIdentityOptions } from '../weights/identity.js';

/** @import { Identity, IdentityOptions } from '../weights/identity.js' */

/**
 * Which of EdgeL3's networks: the arguments of upstream's `load_embedding_model` that OpenL3's have not.
 *
 * @typedef {object} Retraining
 * @property {'ft' | 'kd'} [retrainType] how a sparse network was trained again: fine-tuned, or by knowledge
 *   distillation; default 'ft'
 * @property {53.5 | 63.5 | 72.3 | 73.5 | 81 | 87 | 90.5 | 95.45} [sparsity] percent of zeros in a sparse network; default 95.45
 */

/**
 * Which of the published networks. Of EdgeL3: `modelType` (default 'sparse'), `embDim` (of a SEA network; default 128),
 * `retrainType` and `sparsity`. Of OpenL3, with `modelType: 'openl3'` or any of its own options: `contentType` (default
 * 'music'), `inputRepr` (default 'mel256'), `embDim` or `embeddingSize` (512 or 6144; default 6144), `frontEnd` (default
 * '0.4').
 *
 * @typedef {IdentityOptions & Retraining} Selection
 */

/** Upstream's own list lacks 73.5, 81.0 and 90.5, which are published as well. */
const SPARSITIES = [53.5, 63.5, 72.3, 73.5, 81, 87, 90.5, 95.45];

/** What each option may be. @type {Record<keyof Selection, import('../common/options.js').Kind>} */
export const SELECTION_KINDS = {
  ...IDENTITY_KINDS,
  retrainType: oneOf(['ft', 'kd']),
  sparsity: oneOf(SPARSITIES),
};

const DIMENSIONS = { sparse: [64, 128, 256, 512], sea: [64, 128, 256, 512], openl3: [512, 6144] };

/**
 * @typedef {object} PublishedNetwork
 * @property {string} name of the published file, without its ending
 * @property {Identity} hints what it is, and what is asked of it
 */

/**
 * The published network that is meant. EdgeL3's embDim is checked whichever type it is for, as upstream does.
 *
 * @param {Selection} selection checked by SELECTION_KINDS
 * @returns {PublishedNetwork}
 * @throws {EdgeL3Error} option_invalid
 */
export function findPublishedNetwork({ retrainType = 'ft', sparsity = 95.45, ...options }) {
  const identity = toIdentityOptions(options);
  const { contentType, inputRepr, embDim, frontEnd } = identity;
  const asksForOpenL3 = contentType ?? inputRepr ?? frontEnd ?? options.embeddingSize;
  const { modelType = asksForOpenL3 === undefined ? 'sparse' : 'openl3' } = identity;
  if (modelType === 'l3') {
    throw new EdgeL3Error(
      'option_invalid',
      "An original L3 network has to be given by 'source'; none can be fetched.",
    );
  }
  if (embDim !== undefined) check('embDim', embDim, DIMENSIONS[modelType]);
  if (modelType === 'openl3') {
    const chosen = { inputRepr: inputRepr ?? 'mel256', contentType: contentType ?? 'music' };
    return {
      name: `openl3_audio_${chosen.inputRepr}_${chosen.contentType}`,
      hints: { modelType, ...chosen, embDim: embDim ?? 6144, frontEnd: frontEnd ?? '0.4' },
    };
  }
  for (const [option, value] of Object.entries({ contentType, inputRepr, frontEnd })) {
    if (value !== undefined)
      throw new EdgeL3Error('option_invalid', `${option} is for modelType 'openl3' only.`);
  }
  if (modelType === 'sea') return { name: `edgel3_sea_ust_audio_emb_${embDim ?? 128}`, hints: { modelType } };
  const percent = Number.isInteger(sparsity) ? sparsity.toFixed(1) : sparsity;
  return { name: `edgel3_${retrainType}_audio_sparsity_${percent}`, hints: { modelType } };
}

/**
 * @param {string} option
 * @param {unknown} value
 * @param {unknown[]} choices
 */
function check(option, value, choices) {
  if (choices.includes(value)) return;
  throw new EdgeL3Error(
    'option_invalid',
    `${option} must be one of ${choices.join(', ')}${describeChoice(value, choices)}.`,
  );
}
