#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { parseArguments } from './arguments.js';
import { embed } from './embed.js';
import { EXIT_FAILED, EXIT_SIGNAL, EXIT_USAGE } from './exit_codes.js';
import { HELP } from './help.js';
import { models } from './models.js';
import { profile } from './profile.js';
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
  if (args[0] === 'models') {
    await models(args.slice(1), interrupt.signal);
    return 0;
  }
  const parsed = parseArguments(args);
  if (parsed.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (parsed.version) {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    console.log(version);
    return 0;
  }
  if (parsed.profile) {
    await profile(parsed.model);
    return 0;
  }
  return embed(parsed, interrupt.signal);
}
