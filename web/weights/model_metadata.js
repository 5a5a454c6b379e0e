import { EdgeL3Error } from '../common/errors.js';
import { describeNetwork, KNOWN_NETWORKS } from './architectures.js';
import { contradiction } from './identity.js';
import { toIdentity, toMetadata } from './model_file.js';

/** @import { NetworkDescription } from './architectures.js' */
/** @import { Identity } from './identity.js' */

/** @typedef {Record<string, string>} Metadata */

/**
 * Brings the metadata of a model file to version 2, and to what the caller asks for: an OpenL3 or L3 network gives
 * either of its widths, and OpenL3's has two front ends, all with the same weights.
 *
 * @param {Metadata} metadata of a safetensors file
 * @param {Identity} asked
 * @returns {Metadata} the same object if nothing is to be changed
 * @throws {EdgeL3Error} option_invalid, model_invalid, model_unsupported
 */
export function updateMetadata(metadata, asked) {
  if (metadata.format !== 'edgel3') return metadata;
  const current = metadata.version === '1' ? fromVersion1(metadata) : metadata;
  if (current.version !== '2' || Object.values(asked).every((value) => value === undefined)) return current;
  return redescribe(current, asked);
}

/**
 * Version 1 had names only: those of EdgeL3's networks.
 *
 * @param {Metadata} metadata
 * @returns {Metadata}
 */
function fromVersion1({ version, architecture, embedding_dimension, ...rest }) {
  const known = KNOWN_NETWORKS.find(
    (network) =>
      network.model_type === architecture && Object.hasOwn(network.final_pooling, embedding_dimension),
  );
  if (!known || (architecture !== 'sea' && architecture !== 'sparse')) {
    throw new EdgeL3Error(
      'model_unsupported',
      `The model file is of an unknown network ('${architecture}', '${embedding_dimension}').`,
    );
  }
  const description = describeNetwork(known, Number(embedding_dimension));
  return { ...rest, ...toMetadata(description, { modelType: architecture }) };
}

/**
 * @param {Metadata} metadata
 * @param {Identity} asked
 * @returns {Metadata}
 */
function redescribe(metadata, asked) {
  const is = toIdentity(metadata);
  for (const option of /** @type {const} */ (['modelType', 'inputRepr', 'contentType'])) {
    // What a network was trained on changes nothing that is computed, and older files do not say it.
    if (
      asked[option] === undefined ||
      (option === 'contentType' && is.modelType === 'openl3' && !is.contentType)
    )
      continue;
    if (asked[option] !== is[option]) {
      throw contradiction(option, asked[option], `the model file says '${is[option] ?? 'nothing of it'}'`);
    }
  }
  const description = readDescription(metadata);
  const { frontEnd = is.frontEnd, embDim = description.embedding_dimension } = asked;
  const known = KNOWN_NETWORKS.find(
    (network) =>
      network.model_type === is.modelType &&
      network.input_repr === is.inputRepr &&
      network.front_end === frontEnd &&
      String(network.convolutions) === String(description.convolutions),
  );
  if (!known) {
    if (asked.frontEnd !== undefined && asked.frontEnd !== is.frontEnd) {
      throw contradiction('frontEnd', asked.frontEnd, 'the model file is of a network that has only one');
    }
    if (embDim === description.embedding_dimension) return metadata;
    throw contradiction('embDim', embDim, `this network gives ${description.embedding_dimension} numbers`);
  }
  const identity = {
    ...is,
    ...(frontEnd && { frontEnd }),
    ...(asked.contentType && { contentType: asked.contentType }),
  };
  return { ...metadata, ...toMetadata(describeNetwork(known, embDim), identity) };
}

/**
 * @param {Metadata} metadata
 * @returns {NetworkDescription}
 */
function readDescription({ network }) {
  try {
    const description = JSON.parse(network);
    if (Array.isArray(description.convolutions)) return description;
  } catch {
    // Below.
  }
  throw new EdgeL3Error('model_invalid', "The model file's description of its network is damaged.");
}
