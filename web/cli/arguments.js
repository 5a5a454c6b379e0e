import { parseArgs } from 'node:util';

/** Thrown for a command line that makes no sense; the message is for the person who typed it. */
export class UsageError extends Error {}

/** Upstream's short forms of more than one letter, which parseArgs does not know. */
const ALIASES = new Map([
  ['-mtype', '--model-type'],
  ['-sp', '--model-sparsity'],
  ['-retrain', '--retrain-type'],
]);

/** @type {NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>} */
const OPTIONS = {
  'output-dir': { type: 'string', short: 'o' },
  suffix: { type: 'string', short: 'x' },
  quiet: { type: 'boolean', short: 'q' },
  'hop-size': { type: 'string', short: 't' },
  'no-centering': { type: 'boolean', short: 'n' },
  model: { type: 'string' },
  'model-type': { type: 'string' },
  'model-sparsity': { type: 'string' },
  'retrain-type': { type: 'string' },
  'emb-dim': { type: 'string', short: 'e' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
};

/**
 * @typedef {object} Arguments
 * @property {string[]} inputs
 * @property {boolean} help
 * @property {boolean} version
 * @property {boolean} quiet
 * @property {import('../model.js').ModelOptions} model
 * @property {import('../node/process_file.js').FileOptions} file
 */

/**
 * @param {string[]} args what follows the program's name
 * @returns {Arguments}
 * @throws {UsageError}
 */
export function parseArguments(args) {
  const { values, positionals } = parse(args);
  return {
    inputs: positionals,
    help: values.help === true,
    version: values.version === true,
    quiet: values.quiet === true,
    model: withoutUndefined({
      source: values.model,
      modelType: values['model-type'],
      sparsity: toNumber('model-sparsity', values),
      retrainType: values['retrain-type'],
      embDim: toNumber('emb-dim', values),
    }),
    file: withoutUndefined({
      outputDir: values['output-dir'],
      suffix: values.suffix,
      hopSize: toNumber('hop-size', values),
      center: values['no-centering'] !== true,
    }),
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({ args: expandAliases(args), options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // parseArgs explains in several sentences; the first says what is wrong.
    throw new UsageError(/** @type {Error} */ (error).message.split(/\.\s|\n/)[0]);
  }
}

/** @param {string[]} args */
function expandAliases(args) {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.map((arg, index) => {
    const [name, ...value] = arg.split('=');
    const alias = index < end ? ALIASES.get(name) : undefined;
    return alias ? [alias, ...value].join('=') : arg;
  });
}

/**
 * @param {string} name
 * @param {Record<string, unknown>} values
 */
function toNumber(name, values) {
  const text = values[name];
  if (text === undefined) return undefined;
  const number = String(text).trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(number)) throw new UsageError(`--${name} must be a number, not '${text}'`);
  return number;
}

/** @param {Record<string, unknown>} object */
function withoutUndefined(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
