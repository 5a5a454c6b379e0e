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
import { UsageError } from './usage_error.js';

/** @import { Arguments } from './arguments.js' */

/**
 * @typedef {object} EmbedArguments
 * @property {string[]} inputs files and folders, or '-'
 * @property {string | undefined} filesFrom file with further ones, or '-'
 * @property {boolean} isNullSeparated whether a NUL stands between its paths, not the end of a line
 * @property {boolean} recursive
 * @property {number} jobs files at once, and workers
 * @property {boolean} overwrite
 * @property {boolean} quiet
 * @property {string | undefined} combine the table that all go to, instead of a file each
 * @property {{ pooling?: any, normalize?: boolean }} table what becomes of the windows in it
 * @property {import('../node.js').ModelOptions} model
 * @property {import('../node.js').FileOptions & { outputDir?: string }} file
 */

/** @satisfies {import('./arguments.js').Options} */
const OUTPUT_OPTIONS = {
  'output-dir': { short: 'o', value: 'DIR', is: 'outputDir', abbreviable: true },
  suffix: { short: 'x', value: 'TEXT', is: 'suffix', abbreviable: true },
  format: { value: 'FORMAT', is: 'format' },
  'keep-extension': { is: 'keepExtension' },
  'no-ffmpeg': {},
};

/** @satisfies {import('./arguments.js').Options} */
const OVERWRITE_OPTION = { overwrite: { is: 'overwrite' } };

/** Which part of each sound. @satisfies {import('./arguments.js').Options} */
const PART_OPTIONS = {
  from: { value: 'SECONDS', isNumber: true, is: 'from' },
  to: { value: 'SECONDS', isNumber: true, is: 'to' },
};

/** Of a table. @satisfies {import('./arguments.js').Options} */
const TABLE_OPTIONS = {
  combine: { value: 'FILE' },
  pool: { value: 'HOW', is: 'pooling' },
  normalize: { is: 'normalize' },
};

/** @satisfies {import('./arguments.js').Options} */
export const EMBED_OPTIONS = {
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...OVERWRITE_OPTION,
  ...TABLE_OPTIONS,
  ...PART_OPTIONS,
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
  checkTable(values);
  return {
    inputs: operands,
    filesFrom: /** @type {string | undefined} */ (values['files-from']),
    isNullSeparated: values.null === true,
    recursive: values.recursive === true,
    jobs: toJobs(values),
    overwrite: values.overwrite === true,
    quiet: values.quiet === true,
    combine: /** @type {string | undefined} */ (values.combine),
    table: toLibrary(values, TABLE_OPTIONS),
    model: toModelOptions(values),
    file: {
      ...toLibrary(values, OUTPUT_OPTIONS),
      ...toLibrary(values, PART_OPTIONS),
      ...toWindowOptions(values),
      ...(values['no-ffmpeg'] === true ? { ffmpeg: false } : {}),
    },
  };
}

/**
 * @param {import('./arguments.js').Values} values
 * @throws {UsageError}
 */
function checkTable(values) {
  const forbidden =
    values.combine === undefined
      ? ['pool', 'normalize']
      : ['output-dir', 'suffix', 'format', 'keep-extension'];
  const given = forbidden.find((name) => values[name] !== undefined);
  if (given === undefined) return;
  throw new UsageError(
    values.combine === undefined
      ? `--${given} needs --combine FILE`
      : `--${given} makes no sense with --combine`,
  );
}
