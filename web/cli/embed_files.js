import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EdgeL3Error, getOutputPath, loadEmbeddingModel, processFile } from '../node.js';
import { EXIT_FAILED } from './exit_codes.js';
import { isUsageError } from './usage_error.js';

/** @import { EmbedArguments } from './embed_arguments.js' */
/** @import { Input } from './inputs.js' */
/** @import { Report } from './report.js' */
/** @import { EmbeddingModel } from '../node.js' */

/**
 * Embeds files, several at once. One that fails is reported, and the others go on.
 *
 * @param {AsyncIterable<Input> | Iterable<Input>} files
 * @param {Report} report
 * @param {EmbedArguments} args
 * @param {AbortSignal} interrupt
 * @returns {Promise<number>} exit code
 */
export async function embedFiles(files, report, args, interrupt) {
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
 * @param {EmbedArguments} args
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
