import { stat } from 'node:fs/promises';
import { convertModelFile, fetchPublishedModel, listPublishedModels, loadEmbeddingModel } from '../node.js';
import { suggest } from './arguments.js';
import { findModel } from './load_model.js';
import { QUIET_OPTION } from './options.js';
import { ProgressLine } from './progress_line.js';
import { print } from './standard_output.js';
import { UsageError } from './usage_error.js';

const HELP = `edgel3 models: the networks that EdgeL3's authors have published

Usage: edgel3 models list                 their names, and where those are that have been fetched
       edgel3 models fetch NAME           download one, check it, convert it and keep it in the cache
       edgel3 models convert IN OUT       make a .safetensors of a Keras .h5 or .h5.gz
       edgel3 models info FILE            what is in a model file, or in one that has been fetched, by its name

      --dtype f16|f32          convert: what weights are stored as; f16 halves the file and rounds (default: f32)
      --overwrite              convert: replace OUT if it is there already
  -q, --quiet                  print errors only
  -h, --help                   print this

The cache is $EDGEL3_CACHE/models, or ~/.cache/edgel3/models. $EDGEL3_MODELS_URL is another address to fetch from. A
download that breaks off is continued by the next fetch.
`;

/** @typedef {{ quiet: boolean, overwrite: boolean, dtype: 'f16' | 'f32' | undefined, signal: AbortSignal }} Options */

/** @type {Record<string, { operands: string[], run: (operands: string[], options: Options) => Promise<void> }>} */
const COMMANDS = {
  list: { operands: [], run: list },
  fetch: { operands: ['NAME'], run: fetchByName },
  convert: { operands: ['IN', 'OUT'], run: convert },
  info: { operands: ['FILE|NAME'], run: info },
};

/** @type {import('./commands.js').Command} */
export const models = {
  help: HELP,
  options: { ...QUIET_OPTION, dtype: { value: 'f16|f32' }, overwrite: {} },
  async run({ values, operands: [name = '', ...operands] }, signal) {
    if (!Object.hasOwn(COMMANDS, name)) {
      const known = Object.keys(COMMANDS);
      throw new UsageError(
        `'edgel3 models' is followed by one of ${known.join(', ')}${suggest(name, known) || '; a folder of this name is ./models'}`,
      );
    }
    const command = COMMANDS[name];
    if (operands.length !== command.operands.length) {
      throw new UsageError(`it is: ${['edgel3 models', name, ...command.operands].join(' ')}`);
    }
    const dtype = /** @type {Options['dtype']} */ (values.dtype);
    const overwrite = values.overwrite === true;
    if ((dtype !== undefined || overwrite) && name !== 'convert') {
      throw new UsageError('--dtype and --overwrite are for models convert');
    }
    await command.run(operands, { quiet: values.quiet === true, overwrite, dtype, signal });
    return 0;
  },
};

async function list() {
  for (const { name, path } of await listPublishedModels()) {
    print(`${name.padEnd(30)}  ${path ?? 'not fetched'}\n`);
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
    if (!quiet) print(`${name} -> ${path}\n`);
  } finally {
    line.clear();
  }
}

/**
 * @param {string[]} operands
 * @param {Options} options
 */
async function convert([input, output], { quiet, overwrite, dtype, signal }) {
  const length = await convertModelFile(input, output, { dtype, overwrite, signal });
  if (!quiet) print(`${input} -> ${output} (${length} bytes)\n`);
}

/**
 * @param {string[]} operands
 * @param {Options} options
 */
async function info([file], { signal }) {
  const source = await findModel(file);
  const model = await loadEmbeddingModel({ source, workers: 0, signal });
  const { size } = await stat(source);
  const facts = {
    name: model.name,
    type: `${model.modelType}, ${model.sampleRate} Hz`,
    dimensions: model.embeddingDimension,
    zeros: `${model.sparsity.toFixed(2)} %`,
    file: `${size} bytes`,
  };
  model.close();
  for (const [name, fact] of Object.entries(facts)) print(`${name.padEnd(10)}  ${fact}\n`);
}
