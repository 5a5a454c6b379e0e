import { availableParallelism } from 'node:os';
import { UsageError } from './usage_error.js';

/** @import { Options, Values } from './arguments.js' */

/** Every command has it. @satisfies {Options} */
export const HELP_OPTION = { help: { short: 'h', abbreviable: true } };

/** What a network is: chooses a published one, or says what a file does not tell. @satisfies {Options} */
export const IDENTITY_OPTIONS = {
  'model-type': { alias: '-mtype', value: 'TYPE', is: 'modelType', abbreviable: true },
  'content-type': { short: 'c', value: 'TYPE', is: 'contentType' },
  'input-repr': { short: 'i', value: 'REPR', is: 'inputRepr' },
  'emb-dim': { short: 'e', value: 'N', isNumber: true, is: 'embDim', abbreviable: true },
  'front-end': { value: '0.3|0.4', is: 'frontEnd' },
};

/** Which network. @satisfies {Options} */
export const MODEL_OPTIONS = {
  ...IDENTITY_OPTIONS,
  model: { value: 'FILE|NAME', is: 'source' },
  build: { value: 'BUILD', is: 'build' },
  'model-sparsity': { alias: '-sp', value: 'PERCENT', isNumber: true, is: 'sparsity', abbreviable: true },
  'retrain-type': { alias: '-retrain', value: 'TYPE', is: 'retrainType', abbreviable: true },
};

/** How a sound is cut into windows. @satisfies {Options} */
export const WINDOW_OPTIONS = {
  'hop-size': { short: 't', value: 'SECONDS', isNumber: true, is: 'hopSize', abbreviable: true },
  'no-centering': { short: 'n', abbreviable: true },
};

/** Which files, and how many at once. @satisfies {Options} */
export const INPUT_OPTIONS = {
  recursive: { short: 'r' },
  'files-from': { value: 'FILE' },
  null: { short: '0' },
  jobs: { short: 'j', value: 'N', isNumber: true, is: 'workers' },
};

/** How much is said. @satisfies {Options} */
export const QUIET_OPTION = { quiet: { short: 'q', abbreviable: true } };

/** More workers bring little: one process feeds them all. */
const MAX_DEFAULT_JOBS = 8;

/** The library's limit of workers. */
const MAX_JOBS = 64;

/**
 * What was given of some options, as the library takes it.
 *
 * @param {Values} values
 * @param {Options} options
 * @returns {Record<string, any>} without what was not given
 * @throws {UsageError}
 */
export function toLibrary(values, options) {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([name, { is }]) => is !== undefined && values[name] !== undefined)
      .map(([name, { is, isNumber }]) => [is, isNumber ? toNumber(name, values) : values[name]]),
  );
}

/**
 * @param {Values} values
 * @returns {import('../node.js').ModelOptions}
 * @throws {UsageError}
 */
export function toModelOptions(values) {
  return { workers: toJobs(values), ...toLibrary(values, MODEL_OPTIONS) };
}

/**
 * @param {Values} values
 * @returns {{ hopSize?: number, center: boolean }}
 * @throws {UsageError}
 */
export function toWindowOptions(values) {
  return { ...toLibrary(values, WINDOW_OPTIONS), center: values['no-centering'] !== true };
}

/**
 * @param {Values} values
 * @returns {number} files at once, and workers
 * @throws {UsageError}
 */
export function toJobs(values) {
  const jobs = toNumber('jobs', values) ?? Math.min(availableParallelism(), MAX_DEFAULT_JOBS);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= MAX_JOBS) return jobs;
  throw new UsageError(`--jobs must be a whole number from 1 to ${MAX_JOBS}, not ${jobs}`);
}

/**
 * @param {string} name of an option
 * @param {Values} values
 * @returns {number | undefined}
 * @throws {UsageError}
 */
export function toNumber(name, values) {
  const text = values[name];
  if (text === undefined) return undefined;
  const number = String(text).trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(number)) throw new UsageError(`--${name} must be a number, not '${text}'`);
  return number;
}
