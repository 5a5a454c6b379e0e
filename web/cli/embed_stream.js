import { loadEmbeddingModel, processStream } from '../node.js';
import { Report } from './report.js';
import { UsageError } from './usage_error.js';

/** @import { EmbedArguments } from './embed_arguments.js' */

const BINARY_FORMATS = ['npz', 'npy'];

/**
 * Embeds a sound file from standard input, to standard output.
 *
 * @param {EmbedArguments} args
 * @param {AbortSignal} signal
 */
export async function embedStandardInput({ inputs, filesFrom, model: modelOptions, file, quiet }, signal) {
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
