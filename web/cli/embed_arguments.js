import {
  INPUT_OPTIONS,
  MODEL_OPTIONS,
  QUIET_OPTION,
  toJobs,
  toLibrary,
  toModelOptions,
  toWindowOptions,
  WINDOW_OPTIONS,
} from './options.js';

/** @import { Arguments } from './arguments.js' */
/** @import { UsageError } from './usage_error.js' */

/**
 * @typedef {object} EmbedArguments
 * @property {string[]} inputs files and folders, or '-'
 * @property {string | undefined} filesFrom file with further ones, or '-'
 * @property {boolean} isNullSeparated whether a NUL stands between its paths, not the end of a line
 * @property {boolean} recursive
 * @property {number} jobs files at once, and workers
 * @property {boolean} overwrite
 * @property {boolean} quiet
 * @property {import('../node.js').ModelOptions} model
 * @property {import('../node.js').FileOptions & { outputDir?: string }} file
 */

/** @satisfies {import('./arguments.js').Options} */
const OUTPUT_OPTIONS = {
  'output-dir': { short: 'o', value: 'DIR', is: 'outputDir', abbreviable: true },
  suffix: { short: 'x', value: 'TEXT', is: 'suffix', abbreviable: true },
  format: { value: 'FORMAT', is: 'format' },
  'keep-extension': { is: 'keepExtension' },
  overwrite: {},
};

/** @satisfies {import('./arguments.js').Options} */
export const EMBED_OPTIONS = {
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...WINDOW_OPTIONS,
  ...MODEL_OPTIONS,
  ...QUIET_OPTION,
  profile: {},
  version: {},
};

/**
 * @param {Arguments} args
 * @returns {EmbedArguments}
 * @throws {UsageError}
 */
export function toEmbedArguments({ values, operands }) {
  return {
    inputs: operands,
    filesFrom: /** @type {string | undefined} */ (values['files-from']),
    isNullSeparated: values.null === true,
    recursive: values.recursive === true,
    jobs: toJobs(values),
    overwrite: values.overwrite === true,
    quiet: values.quiet === true,
    model: toModelOptions(values),
    file: { ...toLibrary(values, OUTPUT_OPTIONS), ...toWindowOptions(values) },
  };
}
