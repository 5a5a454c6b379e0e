#!/usr/bin/env node
import { constants } from 'node:os';
import { parse } from './arguments.js';
import { COMMANDS } from './commands.js';
import { embed } from './embed.js';
import { EXIT_FAILED, EXIT_SIGNAL, EXIT_USAGE } from './exit_codes.js';
import { HELP_OPTION } from './options.js';
import { printError } from './report.js';
import { isUsageError } from './usage_error.js';

const interrupt = new AbortController();

/** @type {keyof typeof constants.signals | undefined} what ends this process, once what it has begun is cleaned up */
let endedBy;

for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.once(name, () => end(name));
// Nobody reads what is written: 'edgel3 … | head'.
process.stdout.on('error', () => end('SIGPIPE'));

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = isUsageError(error) ? EXIT_USAGE : EXIT_FAILED;
  if (!endedBy) printError(error);
}
if (endedBy) process.exit(EXIT_SIGNAL + constants.signals[endedBy]);

/** @param {keyof typeof constants.signals} name */
function end(name) {
  endedBy = name;
  interrupt.abort();
  // Otherwise it would be waited for.
  process.stdin.destroy();
}

/**
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
async function run(args) {
  const isCommand = Object.hasOwn(COMMANDS, args[0] ?? '');
  const command = isCommand ? COMMANDS[args[0]] : embed;
  const parsed = parse(isCommand ? args.slice(1) : args, { ...command.options, ...HELP_OPTION });
  if (parsed.values.help) {
    process.stdout.write(command.help);
    return 0;
  }
  return command.run(parsed, interrupt.signal);
}
