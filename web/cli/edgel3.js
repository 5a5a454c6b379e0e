#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { EdgeL3Error, loadEmbeddingModel, processFile } from '../node.js';
import { parseArguments, UsageError } from './arguments.js';
import { HELP } from './help.js';
import { listFiles } from './inputs.js';

/** As upstream's `exit(-1)`, when folders are given but there is nothing in them. */
const EXIT_NO_FILES = 255;
const EXIT_USAGE = 2;
const EXIT_FAILED = 1;

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED;
  printError(error);
}

/**
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
async function run(args) {
  const { inputs, help, version, quiet, model: modelOptions, file: fileOptions } = parseArguments(args);
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (version) {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    console.log(version);
    return 0;
  }
  if (inputs.length === 0) throw new UsageError("no input files; 'edgel3 --help' shows how to use it");
  const files = await listFiles(inputs);
  if (files.length === 0) {
    console.error(`edgel3: no files found in ${inputs.join(', ')}`);
    return EXIT_NO_FILES;
  }

  const model = await loadEmbeddingModel(modelOptions);
  let failures = 0;
  for (const file of files) {
    try {
      const { outputPath, shape } = await processFile(file, {
        ...fileOptions,
        model,
        onWarning: ({ message }) => console.error(`edgel3: ${file}: warning: ${message}`),
      });
      if (!quiet) console.log(`${file} -> ${outputPath} (${shape.join(' x ')})`);
    } catch (error) {
      failures++;
      printError(error, file);
    }
  }
  model.close();
  return failures === 0 ? 0 : EXIT_FAILED;
}

/**
 * One line for what a user can do something about; anything else is a defect of ours and shows all it has.
 *
 * @param {unknown} error
 * @param {string} [file]
 */
function printError(error, file = '') {
  const isExpected = error instanceof EdgeL3Error || error instanceof UsageError;
  const { message, stack } = /** @type {Error} */ (error);
  const text = isExpected ? message : String(stack);
  console.error(text.includes(file) ? `edgel3: ${text}` : `edgel3: ${file}: ${text}`);
}
