import { stat } from 'node:fs/promises';
import { convertModelFile, fetchPublishedModel, listPublishedModels, loadEmbeddingModel } from '../node.js';
import { suggest } from './arguments.js';
import { findModel } from './load_model.js';
import { IDENTITY_OPTIONS, QUIET_OPTION, toLibrary } from './options.js';
import { ProgressLine } from './progress_line.js';
import { print } from './standard_output.js';
import { UsageError } from './usage_error.js';

const HELP = `edgel3 models: the networks that the authors of EdgeL3 and OpenL3 have published

Usage: edgel3 models list                 their names, and where those are that have been fetched
       edgel3 models fetch NAME           download one, check it, convert it and keep it in the cache
       edgel3 models convert IN OUT       make a .safetensors of a Keras .h5 or .h5.gz
       edgel3 models info FILE            what is in a model file, or in one that has been fetched, by its name

      --dtype f16|f32          convert: what weights are stored as; f16 halves the file and rounds (default: f32)
      --overwrite              convert: replace OUT if it is there already
  -q, --quiet                  print errors only
  -h, --help                   print this

  convert and info, where a Keras file does not tell by itself which network it holds:
  -mtype, --model-type TYPE    sparse, sea, openl3 or l3
  -i, --input-repr REPR        of openl3 and l3: linear, mel128 or mel256
  -c, --content-type TYPE      of openl3: music or env
      --front-end VERSION      of openl3: 0.4, or 0.3 as openl3 up to 0.3.1 (default: as the file)
  -e, --emb-dim N              of openl3 and l3: 512 or 6144

The cache is $EDGEL3_CACHE/models, or ~/.cache/edgel3/models. $EDGEL3_MODELS_URL is another address to fetch from. A
download that breaks off is continued by the next fetch.
`;

/**
 * @typedef {object} Options
 * @property {boolean} quiet
 * @property {boolean} overwrite
 * @property {'f16' | 'f32' | undefined} dtype
 * @property {Pick<import('../node.js').ModelOptions, 'modelType' | 'inputRepr' | 'contentType' | 'frontEnd' | 'embDim'>} identity
 * @property {AbortSignal} signal
 */

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
  options: { ...QUIET_OPTION, ...IDENTITY_OPTIONS, dtype: { value: 'f16|f32' }, overwrite: {} },
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
    const identity = toLibrary(values, IDENTITY_OPTIONS);
    if (Object.keys(identity).length > 0 && name !== 'convert' && name !== 'info') {
      throw new UsageError(`models ${name} takes a name, and no option that says what a file is`);
    }
    await command.run(operands, { quiet: values.quiet === true, overwrite, dtype, identity, signal });
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
    if (!quiet) print(`${[`${name} -> ${path}`, ...(await termsOf(name))].join('\n')}\n`);
  } finally {
    line.clear();
  }
}

/**
 * What is to be said of a published model wherever it is used, and how far its content is known.
 *
 * @param {string} name
 * @returns {Promise<string[]>}
 */
async function termsOf(name) {
  const model = (await listPublishedModels()).find((published) => published.name === name);
  const pin = model?.pin && `no checksum of it is published: its content is pinned in ${model.pin}`;
  return [model?.attribution, pin].filter((line) => line !== undefined);
}

/**
 * @param {string[]} operands
 * @param {Options} options
 */
async function convert([input, output], { quiet, overwrite, dtype, identity, signal }) {
  const length = await convertModelFile(input, output, { ...identity, dtype, overwrite, signal });
  if (!quiet) print(`${input} -> ${output} (${length} bytes)\n`);
}

/**
 * @param {string[]} operands
 * @param {Options} options
 */
async function info([file], { identity, signal }) {
  const source = await findModel(file);
  const model = await loadEmbeddingModel({ ...identity, source, workers: 0, signal });
  const { size } = await stat(source);
  const kind = [model.modelType, model.contentType, model.inputRepr].filter((word) => word !== undefined);
  const version = model.frontEnd === '0.3' ? 'up to 0.3.1' : '0.4';
  const facts = {
    name: model.name,
    type: `${kind.join(' ')}, ${model.sampleRate} Hz`,
    ...(model.frontEnd && { 'front end': `of openl3 ${version}` }),
    dimensions: model.embeddingDimension,
    zeros: `${model.sparsity.toFixed(2)} %`,
    file: `${size} bytes`,
  };
  model.close();
  for (const [name, fact] of Object.entries(facts)) print(`${name.padEnd(10)}  ${fact}\n`);
}
