import { processStream } from '../node.js';
import { loadModel } from './load_model.js';
import { Report } from './report.js';
import { standardOutput } from './standard_output.js';
import { UsageError } from './usage_error.js';

/** @import { EmbedArguments } from './embed_arguments.js' */

const BINARY_FORMATS = ['npz', 'npy'];

/**
 * Embeds a sound file from standard input, to standard output.
 *
 * @param {EmbedArguments} args
 * @param {AbortSignal} signal
 */
export async function embedStandardInput(args, signal) {
  const { inputs, filesFrom, combine, model: modelOptions, file, quiet } = args;
  const { outputDir, suffix, keepExtension, ffmpeg: _, ...options } = file;
  const isNamed = [filesFrom, outputDir, suffix, keepExtension, combine].some((value) => value !== undefined);
  if (inputs.length > 1 || isNamed) {
    throw new UsageError(
      "'-' goes to standard output; give no other input, and no --output-dir, --suffix, --keep-extension or --combine",
    );
  }
  if (process.stdout.isTTY && BINARY_FORMATS.includes(options.format ?? 'npz')) {
    throw new UsageError("standard output is a terminal: add '> FILE.npz', or --format csv");
  }
  const model = await loadModel({ ...modelOptions, signal });
  const report = new Report({ quiet: quiet || process.stdout.isTTY === true, json: false });
  try {
    await processStream(process.stdin, standardOutput, {
      ...options,
      model,
      signal,
      onProgress: (progress) => report.progress('standard input', progress),
      onWarning: (warning) => report.warning('standard input', warning),
    });
    return 0;
  } finally {
    report.clear();
    model.close();
  }
}
