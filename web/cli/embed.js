import { readFile } from 'node:fs/promises';
import { EMBED_OPTIONS, toEmbedArguments } from './embed_arguments.js';
import { embedFiles } from './embed_files.js';
import { EMBED_HELP } from './embed_help.js';
import { embedStandardInput } from './embed_stream.js';
import { EXIT_NO_FILES } from './exit_codes.js';
import { listInputs, readPaths } from './inputs.js';
import { toModelOptions } from './options.js';
import { profile } from './profile.js';
import { Report } from './report.js';
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
      console.log(JSON.parse(await readFile(packageFile, 'utf8')).version);
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
