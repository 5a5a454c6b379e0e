import { EdgeL3Error } from '../common/errors.js';
import { oneOf } from '../common/options.js';

/** @import { Kind } from '../common/options.js' */
/** @import { FrontEnd, InputRepr, ModelType } from './architectures.js' */

/**
 * What the caller, or the name of the file, says about a network. All of it is checked against what the file holds;
 * none of it is needed where the file tells by itself.
 *
 * @typedef {object} Identity
 * @property {ModelType} [modelType] whose network it is
 * @property {'music' | 'env'} [contentType] what OpenL3's network was trained on
 * @property {InputRepr} [inputRepr] what OpenL3's or L3's network hears
 * @property {number} [embDim] numbers in an embedding
 * @property {FrontEnd} [frontEnd] of OpenL3's network: as openl3 up to 0.3.1 computes it, or from 0.4 on
 */

/**
 * The same as `embDim` by another name.
 *
 * @typedef {object} EmbeddingSize
 * @property {number} [embeddingSize] openl3's name for `embDim`
 */

/** @typedef {Identity & EmbeddingSize} IdentityOptions What the caller says about a network, by upstream's names. */

/** @type {Kind} */
const DIMENSION = {
  expected: 'a positive whole number',
  isValid: (value) => Number.isSafeInteger(value) && value > 0,
};

/** What each option may be. @type {Record<keyof IdentityOptions, Kind>} */
export const IDENTITY_KINDS = {
  modelType: oneOf(['sparse', 'sea', 'openl3', 'l3']),
  contentType: oneOf(['music', 'env']),
  inputRepr: oneOf(['linear', 'mel128', 'mel256']),
  embDim: DIMENSION,
  embeddingSize: DIMENSION,
  frontEnd: oneOf(['0.3', '0.4']),
};

/**
 * What a caller says about a network, by one name each.
 *
 * @param {IdentityOptions} options checked by IDENTITY_KINDS
 * @returns {Identity} those that are given
 * @throws {EdgeL3Error} option_invalid
 */
export function toIdentityOptions({ embeddingSize, embDim = embeddingSize, ...options }) {
  if (embeddingSize !== undefined && embeddingSize !== embDim) {
    throw contradiction('embeddingSize', embeddingSize, `embDim, which is the same, is ${embDim}`);
  }
  return withoutUndefined({ ...options, embDim });
}

const OPENL3_NAME =
  /openl3_audio_(linear|mel128|mel256)_(music|env)(?:-v(\d+)_(\d+)_\d+)?\.(?:h5|safetensors)(?:\.gz)?$/;
const SEA_NAME = /edgel3_sea_ust_audio_emb_(64|128|256|512)\.h5(?:\.gz)?$/;
const SPARSE_NAME = /edgel3_(?:ft|kd)_audio_sparsity_[\d.]+\.h5(?:\.gz)?$/;

/**
 * What the published files' own names tell.
 *
 * @param {string} [fileName] or a path, or a URL without query
 * @returns {Identity}
 */
export function identityOfName(fileName = '') {
  const openl3 = OPENL3_NAME.exec(fileName);
  if (openl3) {
    const [, inputRepr, contentType, major, minor] = openl3;
    const isOld = major === '0' && Number(minor) < 4;
    const frontEnd = major === undefined ? undefined : isOld ? '0.3' : '0.4';
    return /** @type {Identity} */ ({
      modelType: 'openl3',
      inputRepr,
      contentType,
      ...(frontEnd && { frontEnd }),
    });
  }
  const sea = SEA_NAME.exec(fileName);
  if (sea) return { modelType: 'sea', embDim: Number(sea[1]) };
  return SPARSE_NAME.test(fileName) ? { modelType: 'sparse' } : {};
}

/**
 * @param {Identity} stated by the caller
 * @param {Identity} named by the file's name
 * @returns {Identity} all of both
 * @throws {EdgeL3Error} option_invalid where they contradict each other
 */
export function joinIdentities(stated, named) {
  for (const option of /** @type {const} */ (['modelType', 'contentType', 'inputRepr'])) {
    const [own, other] = [stated[option], named[option]];
    if (own !== undefined && other !== undefined && own !== other) {
      throw contradiction(option, own, `the file's name says '${other}'`);
    }
  }
  // A width is chosen, and a front end may be: openl3 0.4 runs the files of 0.3 with its own.
  return { ...named, ...withoutUndefined(stated) };
}

/**
 * @param {string} option
 * @param {unknown} value
 * @param {string} but
 */
export function contradiction(option, value, but) {
  return new EdgeL3Error('option_invalid', `${option} is '${value}', but ${but}.`);
}

/**
 * @template {object} T
 * @param {T} object
 * @returns {T}
 */
function withoutUndefined(object) {
  return /** @type {T} */ (
    Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
  );
}
