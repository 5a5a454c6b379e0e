import { describeChoice } from '../common/describe.js';
import { EdgeL3Error } from '../common/errors.js';
import { ANYTHING } from '../common/options.js';

/**
 * Which of the published networks: the arguments of upstream's `load_embedding_model`, with `get_embedding`'s defaults.
 *
 * @typedef {object} Selection
 * @property {'sparse' | 'sea'} [modelType] default 'sparse'
 * @property {64 | 128 | 256 | 512} [embDim] width of a SEA network; default 128
 * @property {'ft' | 'kd'} [retrainType] how a sparse network was trained again: fine-tuned, or by knowledge
 *   distillation; default 'ft'
 * @property {53.5 | 63.5 | 72.3 | 73.5 | 81 | 87 | 90.5 | 95.45} [sparsity] percent of zeros in a sparse network; default 95.45
 */

/** Upstream's own list lacks 73.5, 81.0 and 90.5, which are published as well. */
const CHOICES = {
  modelType: ['sparse', 'sea'],
  embDim: [64, 128, 256, 512],
  retrainType: ['ft', 'kd'],
  sparsity: [53.5, 63.5, 72.3, 73.5, 81, 87, 90.5, 95.45],
};

/** Their names; nameOfPublished checks their values. @type {Record<keyof Selection, import('../common/options.js').Kind>} */
export const SELECTION_KINDS = {
  modelType: ANYTHING,
  embDim: ANYTHING,
  retrainType: ANYTHING,
  sparsity: ANYTHING,
};

/**
 * The name of a published file, without its ending. As upstream does, all four options are checked for both types.
 *
 * @param {Selection} selection
 * @returns {string}
 * @throws {EdgeL3Error} option_invalid
 */
export function nameOfPublished(selection) {
  const { modelType = 'sparse', embDim = 128, retrainType = 'ft', sparsity = 95.45 } = selection;
  for (const [option, value] of Object.entries({ modelType, embDim, retrainType, sparsity })) {
    const choices = CHOICES[/** @type {keyof typeof CHOICES} */ (option)];
    if (!choices.some((choice) => choice === value)) {
      throw new EdgeL3Error(
        'option_invalid',
        `${option} must be one of ${choices.join(', ')}${describeChoice(value, choices)}.`,
      );
    }
  }
  if (modelType === 'sea') return `edgel3_sea_ust_audio_emb_${embDim}`;
  const percent = Number.isInteger(sparsity) ? sparsity.toFixed(1) : sparsity;
  return `edgel3_${retrainType}_audio_sparsity_${percent}`;
}
