import { readFileSync } from 'node:fs';
import { convertModel } from 'edgel3';
import { goldenModel } from '../../web/support/model_files.js';
import { MODEL_CODES, useModel } from './model_target.js';
import { resultOf } from './outcome.js';

/** A weight that does not fit 16 bits is no fault of the file's. */
const CONVERSION_CODES = [...MODEL_CODES, 'option_invalid'];

export const landmarks = [
  '{"__metadata__"',
  '"dtype":"F32"',
  '"dtype":"F16"',
  '"dtype":"U8"',
  '"shape":[',
  '"data_offsets":[',
  '"version":"1"',
  '"architecture":"sea"',
  '"embedding_dimension":"64"',
  '\\"sample_rate\\":',
  '\\"fft_size\\":',
  '\\"scale\\":\\"linear\\"',
  '\\"convolutions\\":[',
  '\\"pooling_after\\":[',
  '\\"final_pooling\\":[',
  '\\"embedding_dimension\\":',
  '.gaps":{',
  '.mask":{',
  '.values":{',
];

export async function seeds() {
  return [
    readFileSync(new URL('../../../models/sea64-sparse69.safetensors', import.meta.url)),
    await convertModel(goldenModel('sea64'), { dtype: 'f16', metadata: { name: 'dense' } }),
    await convertModel(goldenModel('own')),
  ];
}

/** What can be loaded can be converted, unless its weights are too large, and what was converted can be loaded. @param {Uint8Array} bytes */
export async function fuzz(bytes) {
  await resultOf(() => useModel(bytes), MODEL_CODES);
  const converted = await resultOf(() => convertModel(bytes, { dtype: 'f16' }), CONVERSION_CODES);
  if (converted) await resultOf(() => useModel(converted), MODEL_CODES);
}
