import { loadEmbeddingModel } from '../node.js';
import { EXIT_NO_FILES } from './exit_codes.js';
import { listInputs } from './inputs.js';
import { INPUT_OPTIONS, MODEL_OPTIONS, QUIET_OPTION, toJobs, toModelOptions, toNumber } from './options.js';
import { PassedOver } from './passed_over.js';
import { printError } from './report.js';
import { print } from './standard_output.js';
import { UsageError } from './usage_error.js';

/** @import { Options, Values } from './arguments.js' */
/** @import { CollectionOptions } from './collection.js' */

const { recursive, jobs } = INPUT_OPTIONS;

/** What all commands have that compare sounds. @satisfies {Options} */
export const ANALYSIS_OPTIONS = {
  recursive,
  jobs,
  'hop-size': { short: 't', value: 'SECONDS', isNumber: true, is: 'hopSize' },
  ...MODEL_OPTIONS,
  ...QUIET_OPTION,
};

/** What their help says of them. */
export const ANALYSIS_HELP = `  -r, --recursive              search the folders below a folder too
  -j, --jobs N                 files at once (default: as many as there are processors, at most 8)
  -t, --hop-size SECONDS       from one window to the next
      --model FILE             another network than the built-in one; all of 'edgel3 --help' that chooses one works
  -q, --quiet                  print results and errors only
  -h, --help                   print this
`;

/** Formats of what is printed. */
const FORMATS = ['text', 'csv', 'jsonl'];

/**
 * The files that are meant. What is passed over is counted, and said in one line.
 *
 * @param {string[]} inputs files and folders
 * @param {Values} values
 * @returns {Promise<{ paths: string[], unreadable: number }>} each file once, and the folders that could not be read
 */
export async function listFiles(inputs, values) {
  const passedOver = new PassedOver();
  let unreadable = 0;
  const listener = {
    passedOver: (/** @type {string} */ _, /** @type {string} */ reason) => passedOver.add(reason),
    failure: (/** @type {string} */ folder, /** @type {unknown} */ error) => {
      unreadable++;
      printError(error, folder);
    },
  };
  const paths = new Set();
  for await (const { path } of listInputs(inputs, { recursive: values.recursive === true }, listener)) {
    paths.add(path);
  }
  if (passedOver.text !== '') console.error(`edgel3: ${passedOver.text}`);
  return { paths: [...paths], unreadable };
}

/** @param {string[]} inputs in which there are none */
export function reportNoFiles(inputs) {
  console.error(`edgel3: no sound files found in ${inputs.join(', ')}`);
  return EXIT_NO_FILES;
}

/**
 * Runs something with the network that the command line chooses.
 *
 * @template T
 * @param {Values} values
 * @param {number} hopSize seconds, unless the command line says another
 * @param {AbortSignal} signal
 * @param {(options: CollectionOptions) => Promise<T>} run
 * @returns {Promise<T>}
 */
export async function withModel(values, hopSize, signal, run) {
  const model = await loadEmbeddingModel({ ...toModelOptions(values), signal });
  try {
    return await run({
      model,
      hopSize: toNumber('hop-size', values) ?? hopSize,
      jobs: toJobs(values),
      quiet: values.quiet === true,
      signal,
    });
  } finally {
    model.close();
  }
}

/**
 * @param {Values} values
 * @param {string[]} columns
 * @returns {(row: (string | number)[]) => void} prints a row in the format that the command line says
 * @throws {UsageError}
 */
export function tablePrinter({ format = 'text' }, columns) {
  if (!FORMATS.includes(String(format))) {
    throw new UsageError(`--format must be one of ${FORMATS.join(', ')}, not '${format}'`);
  }
  if (format === 'csv') print(`${columns.join(',')}\n`);
  return (row) => {
    const facts = Object.fromEntries(columns.map((name, i) => [name, row[i]]));
    if (format === 'jsonl') print(`${JSON.stringify(facts)}\n`);
    else print(`${format === 'csv' ? row.map(toCell).join(',') : row.join('  ')}\n`);
  };
}

/** @param {string | number} value @returns {string} as RFC 4180 has it */
function toCell(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {number} number @param {number} digits behind the point */
export function rounded(number, digits) {
  return Number(number.toFixed(digits));
}
