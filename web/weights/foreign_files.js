import { EdgeL3Error } from '../common/errors.js';

/** @import { ErrorCode } from '../common/errors.js' */

/**
 * A kind of file that people take for a model of this library.
 *
 * @typedef {object} ForeignKind
 * @property {(bytes: Uint8Array) => boolean} matches
 * @property {string | ((bytes: Uint8Array) => string)} text what it is, and what to do
 * @property {ErrorCode} [code] default: model_unsupported, a model that is not read; model_invalid: no model at all
 */

/** Where names and the like are looked for: far more than any header has. */
const SEARCHED_BYTES = 2 ** 20;

const SAVE_AS_H5 =
  "weights are read from Keras' HDF5 files: load it in Python with keras.models.load_model and save it with " +
  "model.save('weights.h5')";

/** What to do with weights that do not say what network they are of. */
export const BUILD_AND_SAVE_AS_H5 =
  'they do not say what network they are of: build the network in Python as it was when they were saved, read them ' +
  "with model.load_weights('FILE.weights.h5'), and save the whole with model.save('weights.h5'), which is read here";

const FROM_KERAS = 'give the Keras file (.h5) that it was made of';

/** @type {ForeignKind[]} the first that matches counts */
const KINDS = [
  { matches: ({ length }) => length === 0, text: 'is empty', code: 'model_invalid' },
  {
    matches: startsWith('version https://git-lfs.github.com/'),
    text: "is a pointer of Git LFS, not the file itself: fetch it with 'git lfs pull', or download it from the repository's page",
    code: 'model_invalid',
  },
  {
    matches: (bytes) => /^\s*<(!doctype|html|head|\?xml|!--)/i.test(textOf(bytes.subarray(0, 256))),
    text: 'is a page of text (HTML or XML), perhaps what a server said instead of sending the file',
    code: 'model_invalid',
  },
  {
    matches: isZipWith('metadata.json', 'config.json'),
    text: (bytes) => `is a model in Keras' newer format (.keras)${writerOf(bytes)}; ${SAVE_AS_H5}`,
  },
  {
    matches: isZipWith('saved_model.pb'),
    text: `is a packed SavedModel of TensorFlow; unpack it, and ${SAVE_AS_H5}`,
  },
  { matches: isZipWith('data.pkl'), text: `is a model of PyTorch; ${FROM_KERAS}` },
  {
    matches: isZipWith('.npy'),
    text: 'is an .npz of numpy, which holds arrays such as embeddings, and no model',
    code: 'model_invalid',
  },
  { matches: startsWith('PK\x03\x04'), text: 'is a zip archive; unpack it first', code: 'model_invalid' },
  {
    matches: startsWith('\x93NUMPY'),
    text: 'is an .npy of numpy, which holds an array, and no model',
    code: 'model_invalid',
  },
  {
    matches: (bytes) => textOf(bytes.subarray(4, 8)) === 'TFL3',
    text: `is a model of TensorFlow Lite; ${FROM_KERAS}`,
  },
  // Protocol buffers: the version of the format in field 1, then a message or a text.
  { matches: startsWith('\x08\x01\x12'), text: `is a SavedModel of TensorFlow; ${SAVE_AS_H5}` },
  {
    matches: ([field, version, next]) =>
      field === 0x08 && version >= 3 && version < 0x20 && (next === 0x12 || next === 0x3a),
    text: `is a model in ONNX; ${FROM_KERAS}`,
  },
  {
    matches: (bytes) => /^\s*\{/.test(textOf(bytes.subarray(0, 64))) && has(bytes, 'weightsManifest'),
    text: `is a model of TensorFlow.js; ${FROM_KERAS}`,
  },
  {
    matches: (bytes) => bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5,
    text: `is pickled by Python, as models of PyTorch are; ${FROM_KERAS}`,
  },
  { matches: isTar, text: 'is a tar archive; unpack it first', code: 'model_invalid' },
  { matches: startsWith('\x1f\x8b'), text: 'is compressed twice; unpack it once', code: 'model_invalid' },
  {
    matches: startsWith('\0asm'),
    text: "is a WebAssembly module, which the option 'wasm' takes",
    code: 'model_invalid',
  },
  {
    matches: (bytes) => /^(RIFF|RIFX|RF64|FORM|fLaC|OggS|ID3)/.test(textOf(bytes.subarray(0, 4))),
    text: 'is a sound, not a model',
    code: 'model_invalid',
  },
  {
    matches: isWeightsOnly('_layer_checkpoint_dependencies'),
    text: `holds weights as Keras 2 saves them from 2.12 on (.weights.h5), and ${BUILD_AND_SAVE_AS_H5}`,
  },
  {
    matches: isWeightsOnly('vars\0'),
    text: `holds weights as Keras 3 saves them (.weights.h5), and ${BUILD_AND_SAVE_AS_H5}`,
  },
];

/**
 * Names a file that is something else than a model of this library.
 *
 * @param {Uint8Array} bytes of the file, unpacked
 * @param {string} [name] what the message calls it
 * @throws {EdgeL3Error} model_unsupported, model_invalid
 */
export function refuseForeign(bytes, name = 'The model file') {
  const kind = KINDS.find(({ matches }) => matches(bytes));
  if (!kind) return;
  const text = typeof kind.text === 'string' ? kind.text : kind.text(bytes);
  throw new EdgeL3Error(kind.code ?? 'model_unsupported', `${name} ${text}.`);
}

/**
 * What to say of a folder that is a model of TensorFlow.
 *
 * @param {string} path
 * @param {unknown} cause that it could not be read as a file
 */
export function savedModelFolder(path, cause) {
  const text = `${path} is the folder of a SavedModel of TensorFlow; ${SAVE_AS_H5}.`;
  return new EdgeL3Error('model_unsupported', text, cause);
}

/** @param {string} start @returns {ForeignKind['matches']} */
function startsWith(start) {
  return (bytes) => [...start].every((letter, index) => bytes[index] === letter.charCodeAt(0));
}

/** @param {string[]} names of files in it, or what they end with @returns {ForeignKind['matches']} */
function isZipWith(...names) {
  return (bytes) => startsWith('PK\x03\x04')(bytes) && names.every((name) => has(bytes, name));
}

/** @param {string} name of a group that it has @returns {ForeignKind['matches']} */
function isWeightsOnly(name) {
  return (bytes) => startsWith('\x89HDF')(bytes) && !has(bytes, 'layer_names') && has(bytes, name);
}

/** @param {Uint8Array} bytes of a .keras file, whose metadata.json stands in it as it is @returns {string} */
function writerOf(bytes) {
  const parts = [bytes.subarray(0, SEARCHED_BYTES), bytes.subarray(-SEARCHED_BYTES)];
  for (const part of parts) {
    const version = /"keras_version": *"(\d+(?:\.\w+)*)"/.exec(textOf(part))?.[1];
    if (version) return `, which Keras ${version} wrote`;
  }
  return '';
}

/** @param {Uint8Array} bytes */
function isTar(bytes) {
  return textOf(bytes.subarray(257, 262)) === 'ustar';
}

/** @param {Uint8Array} bytes @param {string} text @returns {boolean} whether it stands near the beginning or the end */
function has(bytes, text) {
  const ends = [bytes.subarray(0, SEARCHED_BYTES), bytes.subarray(-SEARCHED_BYTES)];
  return ends.some((part) => textOf(part).includes(text));
}

/** @param {Uint8Array} bytes @returns {string} a letter for each; of those that are none in ASCII, any */
function textOf(bytes) {
  return new TextDecoder('latin1').decode(bytes);
}
