import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { UsageError } from './usage_error.js';

/** Upstream's short forms of more than one letter, which parseArgs does not know. */
const ALIASES = new Map([
  ['-mtype', '--model-type'],
  ['-sp', '--model-sparsity'],
  ['-retrain', '--retrain-type'],
]);

/** Upstream's long options, which argparse also takes abbreviated. */
const UPSTREAM = [
  'output-dir',
  'suffix',
  'model-type',
  'emb-dim',
  'retrain-type',
  'model-sparsity',
  'no-centering',
  'hop-size',
  'quiet',
  'help',
];

/** @typedef {NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>} Options */

/** @type {Options} */
const OPTIONS = {
  'output-dir': { type: 'string', short: 'o' },
  suffix: { type: 'string', short: 'x' },
  format: { type: 'string' },
  overwrite: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  recursive: { type: 'boolean', short: 'r' },
  'files-from': { type: 'string' },
  jobs: { type: 'string', short: 'j' },
  'hop-size': { type: 'string', short: 't' },
  'no-centering': { type: 'boolean', short: 'n' },
  model: { type: 'string' },
  'model-type': { type: 'string' },
  'model-sparsity': { type: 'string' },
  'retrain-type': { type: 'string' },
  'emb-dim': { type: 'string', short: 'e' },
  profile: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
};

/** More workers bring little: one process feeds them all. */
const MAX_DEFAULT_JOBS = 8;

/** The library's limit of workers. */
const MAX_JOBS = 64;

/**
 * @typedef {object} Arguments
 * @property {string[]} inputs files and folders, or '-'
 * @property {string | undefined} filesFrom file with further ones, or '-'
 * @property {boolean} recursive
 * @property {number} jobs files at once, and workers
 * @property {boolean} overwrite
 * @property {boolean} quiet
 * @property {boolean} profile
 * @property {boolean} help
 * @property {boolean} version
 * @property {import('../embedding/model.js').ModelOptions} model
 * @property {import('../node/process_file.js').FileOptions} file
 */

/**
 * @param {string[]} args what follows the program's name
 * @returns {Arguments}
 * @throws {UsageError}
 */
export function parseArguments(args) {
  const { values, positionals } = parse(args, OPTIONS);
  const jobs = toJobs(values);
  return {
    inputs: positionals,
    filesFrom: /** @type {string | undefined} */ (values['files-from']),
    recursive: values.recursive === true,
    jobs,
    overwrite: values.overwrite === true,
    quiet: values.quiet === true,
    profile: values.profile === true,
    help: values.help === true,
    version: values.version === true,
    model: withoutUndefined({
      workers: jobs,
      source: values.model,
      modelType: values['model-type'],
      sparsity: toNumber('model-sparsity', values),
      retrainType: values['retrain-type'],
      embDim: toNumber('emb-dim', values),
    }),
    file: withoutUndefined({
      outputDir: values['output-dir'],
      suffix: values.suffix,
      format: values.format,
      hopSize: toNumber('hop-size', values),
      center: values['no-centering'] !== true,
    }),
  };
}

/**
 * @param {string[]} args
 * @param {Options} options
 * @throws {UsageError}
 */
export function parse(args, options) {
  try {
    return parseArgs({ args: spellOut(args, options), options, allowPositionals: true });
  } catch (error) {
    // parseArgs explains in several sentences; the first says what is wrong.
    throw new UsageError(/** @type {Error} */ (error).message.split(/\.\s|\n/)[0]);
  }
}

/**
 * @param {string[]} args
 * @param {Options} options
 */
function spellOut(args, options) {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.map((arg, index) => {
    const [name, ...value] = arg.split('=');
    const full = index < end ? (ALIASES.get(name) ?? abbreviated(name, options)) : undefined;
    return full ? [full, ...value].join('=') : arg;
  });
}

/**
 * @param {string} name
 * @param {Options} options
 * @returns {string | undefined} the only one of upstream's options that begins like this, if the name is none itself
 */
function abbreviated(name, options) {
  if (!name.startsWith('--') || Object.hasOwn(options, name.slice(2))) return undefined;
  const matches = UPSTREAM.filter(
    (option) => `--${option}`.startsWith(name) && Object.hasOwn(options, option),
  );
  return matches.length === 1 ? `--${matches[0]}` : undefined;
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

/** @param {Record<string, unknown>} values */
function toJobs(values) {
  const jobs = toNumber('jobs', values) ?? Math.min(availableParallelism(), MAX_DEFAULT_JOBS);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= MAX_JOBS) return jobs;
  throw new UsageError(`--jobs must be a whole number from 1 to ${MAX_JOBS}, not ${jobs}`);
}

/** @param {Record<string, unknown>} object */
function withoutUndefined(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
