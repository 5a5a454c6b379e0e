import { readFile } from 'node:fs/promises';
import { hasFfmpeg } from '../node.js';
import { combineFiles } from './combine_files.js';
import { EMBED_OPTIONS, toEmbedArguments } from './embed_arguments.js';
import { embedFiles } from './embed_files.js';
import { EMBED_HELP } from './embed_help.js';
import { embedStandardInput } from './embed_stream.js';
import { EXIT_NO_FILES } from './exit_codes.js';
import { listInputs, readPaths } from './inputs.js';
import { toModelOptions } from './options.js';
import { profile } from './profile.js';
import { Report } from './report.js';
import { print } from './standard_output.js';
import { UsageError } from './usage_error.js';

/** @import { EmbedArguments } from './embed_arguments.js' */

/**
 * What `edgel3` does when no other command follows.
 *
 * @type {import('./commands.js').Command}
 */
export const embed = {
  help: EMBED_HELP,
  options: EMBED_OPTIONS,
  async run({ values, operands }, signal) {
    if (values.version) {
      const packageFile = new URL('../../package.json', import.meta.url);
      print(`${JSON.parse(await readFile(packageFile, 'utf8')).version}\n`);
      return 0;
    }
    if (values.profile) {
      await profile(toModelOptions(values));
      return 0;
    }
    return embedInputs(toEmbedArguments({ values, operands }), signal);
  },
};

/**
 * @param {EmbedArguments} args
 * @param {AbortSignal} signal
 * @returns {Promise<number>} exit code
 */
async function embedInputs(args, signal) {
  const { inputs, filesFrom } = args;
  /** @type {boolean | undefined} */
  let mayUseFfmpeg;
  const listing = {
    recursive: args.recursive,
    // Asked only where there is a file for it: starting a program takes longer than a short sound.
    get ffmpeg() {
      mayUseFfmpeg ??= args.file.ffmpeg !== false && hasFfmpeg();
      return mayUseFfmpeg;
    },
  };
  const run = args.combine === undefined ? embedFiles : combineFiles;
  if (inputs.includes('-')) return embedStandardInput(args, signal);
  if (inputs.length === 0 && filesFrom === undefined) {
    throw new UsageError("no input files; 'edgel3 --help' shows how to use it");
  }
  if (args.isNullSeparated && filesFrom === undefined) throw new UsageError('--null is for --files-from');
  if (filesFrom !== undefined) {
    const paths = async function* () {
      yield* inputs;
      yield* readPaths(filesFrom, args.isNullSeparated ? '\0' : /\r?\n/);
    };
    const report = new Report({ ...args, json: true });
    return run(listInputs(paths(), listing, report), report, args, signal);
  }
  const report = new Report({ ...args, json: false });
  const files = [];
  for await (const file of listInputs(inputs, listing, report)) files.push(file);
  if (files.length === 0 && report.failed === 0) {
    const text = [`no sound files found in ${inputs.join(', ')}`, report.passedOverText];
    console.error(`edgel3: ${text.filter(Boolean).join('; ')}`);
    return EXIT_NO_FILES;
  }
  report.expect(files.length);
  return run(files, report, args, signal);
}
