import { parseArgs } from 'node:util';

export const USAGE = `npm run models:evaluate -- MODEL TEACHER FOLDER [options]

How near MODEL's embeddings are to TEACHER's, over all sound files in FOLDER and below. Both are model
files: .safetensors, .h5 or .h5.gz. Windows are centred, as by default, and half a second apart, so that the first
and the last of a recording are partly empty. The last three columns leave these out: whole windows only.

  --label NAME=REGEXP  train a linear classifier on each model's embeddings; the first group of REGEXP, in a
                       file's name, is the label. May be given several times
  --test REGEXP        the names of the files that the classifiers are tested on; they learn from the others`;

/** Thrown for a command line that makes no sense; the message is for the person who typed it. */
export class UsageError extends Error {}

/**
 * @typedef {object} Arguments
 * @property {string} model
 * @property {string} teacher
 * @property {string} folder
 * @property {{ name: string, pattern: RegExp }[]} probes
 * @property {RegExp} test
 */

/**
 * @param {string[]} args
 * @returns {Arguments}
 * @throws {UsageError}
 */
export function parseArguments(args) {
  const { values, positionals } = parse(args);
  if (positionals.length !== 3) throw new UsageError('Give a model, its teacher and a folder.');
  const [model, teacher, folder] = positionals;
  const probes = (values.label ?? []).map((label) => {
    const [, name, source] = /^(\w+)=(.*)$/.exec(label) ?? [];
    if (name === undefined) throw new UsageError(`--label needs NAME=REGEXP, not '${label}'.`);
    return { name, pattern: toPattern(source) };
  });
  if (probes.length > 0 !== (values.test !== undefined))
    throw new UsageError('--label and --test go together.');
  return { model, teacher, folder, probes, test: toPattern(values.test ?? '') };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { label: { type: 'string', multiple: true }, test: { type: 'string' } },
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
