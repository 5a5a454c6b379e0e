import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { parse, suggest } from './arguments.js';
import { COMMANDS } from './commands.js';
import { embed } from './embed.js';
import { EXIT_FAILED, EXIT_SIGNAL, EXIT_USAGE } from './exit_codes.js';
import { HELP_OPTION } from './options.js';
import { OutputLost } from './output_lost.js';
import { printError } from './report.js';
import { print, standardOutput } from './standard_output.js';
import { isUsageError, UsageError } from './usage_error.js';

const interrupt = new AbortController();

/** @type {keyof typeof constants.signals | undefined} what ends this process, once what it has begun is cleaned up */
let endedBy;

/** @type {OutputLost | undefined} */
let lost;

for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.once(name, () => end(name));
for (const stream of [standardOutput, process.stderr]) stream.on('error', endUnread);
standardOutput.on('error', lose);
process.once('exit', (code) => {
  if (lost && code === 0) process.exitCode = EXIT_FAILED;
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = isUsageError(error) ? EXIT_USAGE : EXIT_FAILED;
  if (!endedBy) printError(lost ?? error);
}
if (endedBy) process.exit(EXIT_SIGNAL + constants.signals[endedBy]);

/** @param {keyof typeof constants.signals} name */
function end(name) {
  endedBy = name;
  interrupt.abort();
  // Otherwise it would be waited for.
  process.stdin.destroy();
}

/** @param {NodeJS.ErrnoException} error of what is written, if nobody reads it: 'edgel3 … | head' */
function endUnread({ code }) {
  if (code === 'EPIPE') end('SIGPIPE');
}

/** @param {NodeJS.ErrnoException} error of standard output */
function lose(error) {
  if (error.code === 'EPIPE') return;
  lost ??= new OutputLost(error);
  interrupt.abort();
  process.stdin.destroy();
}

/**
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
async function run(args) {
  const [first = ''] = args;
  const isCommand = Object.hasOwn(COMMANDS, first);
  const isWord = /^\w+$/.test(first) && !isCommand && !existsSync(first);
  const suggestion = isWord ? suggest(first, Object.keys(COMMANDS)) : '';
  if (suggestion) throw new UsageError(`there is no file ${first}, and no command${suggestion}`);
  const command = isCommand ? COMMANDS[first] : embed;
  const parsed = parse(isCommand ? args.slice(1) : args, { ...command.options, ...HELP_OPTION });
  if (parsed.values.help) {
    print(command.help);
    return 0;
  }
  return command.run(parsed, interrupt.signal);
}
