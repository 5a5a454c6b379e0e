import { stat } from 'node:fs/promises';
import { convertModelFile, fetchPublishedModel, listPublishedModels, loadEmbeddingModel } from '../node.js';
import { suggest } from './arguments.js';
import { QUIET_OPTION } from './options.js';
import { ProgressLine } from './progress_line.js';
import { UsageError } from './usage_error.js';

const HELP = `edgel3 models: the networks that EdgeL3's authors have published

Usage: edgel3 models list                 their names, and where those are that have been fetched
       edgel3 models fetch NAME           download one, check it, convert it and keep it in the cache
       edgel3 models convert IN OUT       make a .safetensors of a Keras .h5 or .h5.gz
       edgel3 models info FILE            what is in a model file

      --dtype f16|f32          convert: what weights are stored as; f16 halves the file and rounds (default: f32)
  -q, --quiet                  print errors only
  -h, --help                   print this

The cache is $EDGEL3_CACHE/models, or ~/.cache/edgel3/models. $EDGEL3_MODELS_URL is another address to fetch from. A
download that breaks off is continued by the next fetch.
`;

/** @typedef {{ quiet: boolean, dtype: 'f16' | 'f32' | undefined, signal: AbortSignal }} Options */

/** @type {Record<string, { operands: string[], run: (operands: string[], options: Options) => Promise<void> }>} */
const COMMANDS = {
  list: { operands: [], run: list },
  fetch: { operands: ['NAME'], run: fetchByName },
  convert: { operands: ['IN', 'OUT'], run: convert },
  info: { operands: ['FILE'], run: info },
};

/** @type {import('./commands.js').Command} */
export const models = {
  help: HELP,
  options: { ...QUIET_OPTION, dtype: { value: 'f16|f32' } },
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
    if (dtype !== undefined && name !== 'convert') throw new UsageError('--dtype is for models convert');
    await command.run(operands, { quiet: values.quiet === true, dtype, signal });
    return 0;
  },
};

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
