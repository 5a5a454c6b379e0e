import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import npyjs from 'npyjs';

/**
 * @typedef {object} Deviation distance of an evaluation from the truth, printed to three digits
 * @property {number} cosine_distance
 * @property {number} max_abs_error
 * @property {number} relative_error
 *
 * @typedef {object} Setting
 * @property {boolean} center
 * @property {number} hop_size seconds
 * @property {number} frames windows
 * @property {Deviation} float32_dft what Keras' own arithmetic gives
 *
 * @typedef {object} Case
 * @property {string} audio
 * @property {string} model
 * @property {number} channels
 * @property {number} sample_rate
 * @property {number} samples
 * @property {Record<string, Setting>} settings
 *
 * @typedef {object} Model
 * @property {import('../../web/weights/architectures.js').ModelType | 'own'} type
 * @property {import('../../web/weights/architectures.js').InputRepr} [input_repr]
 * @property {import('../../web/weights/architectures.js').FrontEnd} [front_end]
 * @property {number} emb_dim
 * @property {string} file
 * @property {number} [zero_percent_overall] of its weights
 *
 * @typedef {{ models: Record<string, Model>, cases: Record<string, Case> }} Manifest
 * @typedef {{ shape: number[], data: Float32Array | Float64Array }} Truth
 */

/**
 * @param {string} folder
 * @returns {Manifest | undefined} undefined where there is none
 */
export function readManifest(folder) {
  const path = join(folder, 'manifest.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * @param {string} path of an .npz file
 * @returns {Record<string, Truth>} by array name
 */
export function readTruths(path) {
  const npy = new npyjs();
  const files = Object.entries(unzipSync(readFileSync(path)));
  return Object.fromEntries(
    files.map(([name, bytes]) => {
      const { shape, data } = npy.parse(bytes.slice().buffer);
      return [name.replace(/\.npy$/, ''), { shape, data: /** @type {Truth['data']} */ (data) }];
    }),
  );
}
