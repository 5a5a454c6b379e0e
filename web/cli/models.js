import { stat } from 'node:fs/promises';
import { convertModelFile, fetchPublishedModel, listPublishedModels, loadEmbeddingModel } from '../node.js';
import { parse } from './arguments.js';
import { MODELS_HELP } from './help.js';
import { ProgressLine } from './progress_line.js';
import { UsageError } from './usage_error.js';

/** @typedef {{ quiet: boolean, dtype: 'f16' | 'f32' | undefined, signal: AbortSignal }} Options */

/** @type {Record<string, { operands: string[], run: (operands: string[], options: Options) => Promise<void> }>} */
const COMMANDS = {
  list: { operands: [], run: list },
  fetch: { operands: ['NAME'], run: fetchByName },
  convert: { operands: ['IN', 'OUT'], run: convert },
  info: { operands: ['FILE'], run: info },
};

/**
 * Runs `edgel3 models …`.
 *
 * @param {string[]} args what follows `models`
 * @param {AbortSignal} signal
 */
export async function models(args, signal) {
  const { values, positionals } = parse(args, {
    dtype: { type: 'string' },
    quiet: { type: 'boolean', short: 'q' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    process.stdout.write(MODELS_HELP);
    return;
  }
  const [name = '', ...operands] = positionals;
  if (!Object.hasOwn(COMMANDS, name)) {
    const known = Object.keys(COMMANDS).join(', ');
    throw new UsageError(`'edgel3 models' is followed by one of ${known}; a folder of this name is ./models`);
  }
  const command = COMMANDS[name];
  if (operands.length !== command.operands.length) {
    throw new UsageError(`it is: ${['edgel3 models', name, ...command.operands].join(' ')}`);
  }
  const dtype = /** @type {Options['dtype']} */ (values.dtype);
  if (dtype !== undefined && name !== 'convert') throw new UsageError('--dtype is for models convert');
  await command.run(operands, { quiet: values.quiet === true, dtype, signal });
}

async function list() {
  for (const { name, path } of await listPublishedModels()) {
    console.log(`${name.padEnd(30)}  ${path ?? 'not fetched'}`);
  }
}

/**
 * @param {string[]} operands
 * @param {Options} options
 */
async function fetchByName([name], { quiet, signal }) {
  const line = new ProgressLine(!quiet);
  try {
    const path = await fetchPublishedModel(name, {
      signal,
      onProgress: ({ stage, done, total }) => {
        const size = `${(done / 1e6).toFixed(1)}${total === undefined ? '' : ` of ${(total / 1e6).toFixed(1)}`} MB`;
        line.draw(total && done / total, `${stage === 'load' ? 'fetching' : 'converting'} ${name}, ${size}`);
      },
    });
    line.clear();
    if (!quiet) console.log(`${name} -> ${path}`);
  } finally {
    line.clear();
  }
}

/**
 * @param {string[]} operands
 * @param {Options} options
 */
async function convert([input, output], { quiet, dtype, signal }) {
  const length = await convertModelFile(input, output, { dtype, signal });
  if (!quiet) console.log(`${input} -> ${output} (${length} bytes)`);
}

/**
 * @param {string[]} operands
 * @param {Options} options
 */
async function info([file], { signal }) {
  const model = await loadEmbeddingModel({ source: file, workers: 0, signal });
  const { size } = await stat(file);
  console.log(`name        ${model.name}`);
  console.log(`type        ${model.modelType}, ${model.sampleRate} Hz`);
  console.log(`dimensions  ${model.embeddingDimension}`);
  console.log(`zeros       ${model.sparsity.toFixed(2)} %`);
  console.log(`file        ${size} bytes`);
  model.close();
}
