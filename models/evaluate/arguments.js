import { parseArgs } from 'node:util';

/** @import { DATASETS } from './datasets.js' */

export const USAGE = `npm run models:evaluate -- MODEL TEACHER FOLDER [options]

How near MODEL's embeddings are to TEACHER's, over all sound files in FOLDER and below. Both are model
files: .safetensors, .h5 or .h5.gz. Windows are centred, as by default, and half a second apart, so that the first
and the last of a recording are partly empty. The last three columns leave these out: whole windows only.

  --label NAME=REGEXP  train a linear classifier on each model's embeddings; the first group of REGEXP, in a
                       file's name, is the label. May be given several times
  --fold REGEXP        the first group, in a file's name, is its fold: each is tested by a classifier that learned from
                       the other folds

npm run models:evaluate -- [MODEL] --esc50 DIR
npm run models:evaluate -- [MODEL] --urbansound8k DIR

How well sounds are told apart by MODEL's embeddings (default: the built-in model), by the protocol that the dataset in DIR was
published with: each fold is recognised by classifiers that learned from the others, a linear one and a perceptron with two
hidden layers (512 and 128 numbers). Windows are whole and half a second apart, and a clip is what the mean over its windows
says. Prints percent of the clips, and their mean and standard deviation over the folds.`;

/** Thrown for a command line that makes no sense; the message is for the person who typed it. */
export class UsageError extends Error {}

/**
 * How near a model is to its teacher.
 *
 * @typedef {object} Comparison
 * @property {string} model
 * @property {string} teacher
 * @property {string} folder
 * @property {{ name: string, pattern: RegExp }[]} probes
 * @property {RegExp} fold
 */

/**
 * How well sounds of published datasets are told apart.
 *
 * @typedef {object} Protocols
 * @property {string | undefined} model undefined: the built-in one
 * @property {[keyof typeof DATASETS, string][]} datasets which, and the folders in which they are
 */

/**
 * @param {string[]} args
 * @returns {Comparison | Protocols}
 * @throws {UsageError}
 */
export function parseArguments(args) {
  const { values, positionals } = parse(args);
  const datasets = /** @type {const} */ (['esc50', 'urbansound8k']).flatMap((key) =>
    values[key] === undefined ? [] : [/** @type {[typeof key, string]} */ ([key, values[key]])],
  );
  if (datasets.length > 0) {
    if (positionals.length > 1 || values.label || values.fold) {
      throw new UsageError('With a dataset give nothing else but a model.');
    }
    return { model: positionals[0], datasets };
  }
  if (positionals.length !== 3) throw new UsageError('Give a model, its teacher and a folder.');
  const [model, teacher, folder] = positionals;
  const probes = (values.label ?? []).map((label) => {
    const [, name, source] = /^(\w+)=(.*)$/.exec(label) ?? [];
    if (name === undefined) throw new UsageError(`--label needs NAME=REGEXP, not '${label}'.`);
    return { name, pattern: toPattern(source) };
  });
  if (probes.length > 0 !== (values.fold !== undefined))
    throw new UsageError('--label and --fold go together.');
  return { model, teacher, folder, probes, fold: toPattern(values.fold ?? '') };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        label: { type: 'string', multiple: true },
        fold: { type: 'string' },
        esc50: { type: 'string' },
        urbansound8k: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}

/** @param {string} source */
function toPattern(source) {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}
