import { convertModel } from 'edgel3';
import { goldenModel } from '../../web/support/model_files.js';
import { MODEL_CODES, useModel } from './model_target.js';
import { resultOf } from './outcome.js';

export const landmarks = [
  '\x89HDF',
  'TREE',
  'SNOD',
  'HEAP',
  'GCOL',
  'layer_names',
  'weight_names',
  'model_config',
  'model_weights',
  '"epsilon"',
  'kernel:0',
];

export async function seeds() {
  return [goldenModel('sea64')];
}

/** What can be converted can be loaded. @param {Uint8Array} bytes */
export async function fuzz(bytes) {
  const converted = await resultOf(() => convertModel(bytes), MODEL_CODES);
  if (converted) await useModel(converted);
}
