import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EdgeL3Error, getOutputPath, loadEmbeddingModel, processFile, processStream } from '../node.js';
import { EXIT_FAILED, EXIT_NO_FILES } from './exit_codes.js';
import { listInputs, readPaths } from './inputs.js';
import { Report } from './report.js';
import { isUsageError, UsageError } from './usage_error.js';

/** @import { Arguments } from './arguments.js' */
/** @import { Input } from './inputs.js' */
/** @import { EmbeddingModel } from '../node.js' */

const BINARY_FORMATS = ['npz', 'npy'];

/**
 * Embeds what the command line says.
 *
 * @param {Arguments} args
 * @param {AbortSignal} signal
 * @returns {Promise<number>} exit code
 */
export async function embed(args, signal) {
  const { inputs, filesFrom } = args;
  if (inputs.includes('-')) return embedStandardInput(args, signal);
  if (inputs.length === 0 && filesFrom === undefined) {
    throw new UsageError("no input files; 'edgel3 --help' shows how to use it");
  }
  if (filesFrom !== undefined) {
    const paths = async function* () {
      yield* inputs;
      yield* readPaths(filesFrom);
    };
    return embedFiles(listInputs(paths(), args), new Report({ ...args, json: true }), args, signal);
  }
  const files = [];
  for await (const file of listInputs(inputs, args)) files.push(file);
  if (files.length === 0) {
    console.error(`edgel3: no sound files found in ${inputs.join(', ')}`);
    return EXIT_NO_FILES;
  }
  return embedFiles(files, new Report({ ...args, json: false, total: files.length }), args, signal);
}

/**
 * @param {AsyncIterable<Input> | Iterable<Input>} files
 * @param {Report} report
 * @param {Arguments} args
 * @param {AbortSignal} interrupt
 * @returns {Promise<number>} exit code
 */
async function embedFiles(files, report, args, interrupt) {
  const fatal = new AbortController();
  const signal = AbortSignal.any([interrupt, fatal.signal]);
  const findOutput = makeOutputFinder(args);
  /** @type {Promise<EmbeddingModel> | undefined} loaded when the first file needs it */
  let model;

  const embedFile = async (/** @type {Input} */ file) => {
    const { path } = file;
    try {
      const { output, outputDir } = await findOutput(file);
      if (!args.overwrite && (await isThere(output))) return report.skipped(path, output);
      model ??= loadEmbeddingModel({ ...args.model, signal }).catch((error) => {
        fatal.abort();
        throw error;
      });
      const { shape } = await processFile(path, {
        ...args.file,
        outputDir,
        model: await model,
        signal,
        onProgress: (progress) => report.progress(path, progress),
        onWarning: (warning) => report.warning(path, warning),
      });
      report.done(path, output, shape);
    } catch (error) {
      if (isUsageError(error)) fatal.abort();
      if (signal.aborted) throw error;
      report.failure(path, error);
    }
  };
  try {
    await forEachAtOnce(files, args.jobs, embedFile);
  } finally {
    report.end();
    await model?.then(
      (loaded) => loaded.close(),
      () => {},
    );
  }
  return report.failed === 0 ? 0 : EXIT_FAILED;
}

/**
 * @param {Arguments} args
 * @returns {(file: Input) => Promise<{ output: string, outputDir: string | undefined }>} throws output_unwritable if
 *   another input has the same output
 */
function makeOutputFinder({ file: { outputDir, suffix = '', format = 'npz' } }) {
  /** @type {Map<string, string>} inputs by their output */
  const inputs = new Map();
  return async ({ path, below }) => {
    // What is searched recursively keeps its folders.
    const folder = outputDir && join(outputDir, below);
    const output = getOutputPath(path, `${suffix}.${format}`, folder);
    const other = inputs.get(output) ?? path;
    inputs.set(output, other);
    if (other !== path) {
      throw new EdgeL3Error(
        'output_unwritable',
        `${path} would have the same output as ${other}, ${output}.`,
      );
    }
    if (folder && below) await makeFolder(folder);
    return { output, outputDir: folder };
  };
}

/**
 * @param {Arguments} args
 * @param {AbortSignal} signal
 */
async function embedStandardInput({ inputs, filesFrom, model: modelOptions, file, quiet }, signal) {
  const { outputDir, suffix, ...options } = file;
  if (inputs.length > 1 || filesFrom !== undefined || outputDir !== undefined || suffix !== undefined) {
    throw new UsageError("'-' goes to standard output; give no other input, and no --output-dir or --suffix");
  }
  if (process.stdout.isTTY && BINARY_FORMATS.includes(options.format ?? 'npz')) {
    throw new UsageError("standard output is a terminal: add '> FILE.npz', or --format csv");
  }
  const model = await loadEmbeddingModel({ ...modelOptions, signal });
  const report = new Report({ quiet: quiet || process.stdout.isTTY === true, json: false });
  try {
    await processStream(process.stdin, process.stdout, {
      ...options,
      model,
      signal,
      onProgress: (progress) => report.progress('standard input', progress),
      onWarning: (warning) => report.warning('standard input', warning),
    });
    return 0;
  } finally {
    report.end();
    model.close();
  }
}

/**
 * @template T
 * @param {AsyncIterable<T> | Iterable<T>} items
 * @param {number} limit how many at once
 * @param {(item: T) => Promise<void>} action
 * @returns {Promise<void>} rejected with the first error of an action, when those under way are over too
 */
async function forEachAtOnce(items, limit, action) {
  const all = (async function* () {
    yield* items;
  })();
  /** @type {unknown[]} */
  const errors = [];
  const work = async () => {
    while (errors.length === 0) {
      const { done, value } = await all.next();
      if (done) return;
      await action(value);
    }
  };
  const catchError = (/** @type {unknown} */ error) => errors.push(error);
  await Promise.all(Array.from({ length: limit }, () => work().catch(catchError)));
  if (errors.length > 0) throw errors[0];
}

/** @param {string} path */
function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** @param {string} path */
async function makeFolder(path) {
  await mkdir(path, { recursive: true }).catch((cause) => {
    throw new EdgeL3Error('output_unwritable', `${path} could not be created: ${cause.message}.`, cause);
  });
}
