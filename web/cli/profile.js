import { loadModel } from './load_model.js';
import { print } from './standard_output.js';

/** @import { Profile } from '../node.js' */

/**
 * Prints where the time of a window goes.
 *
 * @param {import('../node.js').ModelOptions} options
 */
export async function profile(options) {
  const model = await loadModel({ ...options, workers: 1 });
  try {
    print(`${model.name}, one worker, medians in milliseconds\n\n${toTable(await model.profile())}\n`);
  } finally {
    model.close();
  }
}

/** @param {Profile} profile */
function toTable({ frontEnd, layers }) {
  const network = sum(layers.map(({ time }) => time));
  const multiplyAdds = sum(layers.map((layer) => layer.multiplyAdds));
  const whole = frontEnd + network;
  const toRow = (
    /** @type {string} */ stage,
    /** @type {number} */ time,
    /** @type {number} */ count = 0,
  ) => [
    stage,
    time.toFixed(3),
    `${((100 * time) / whole).toFixed(1)} %`,
    count ? (count / 1e6).toFixed(2) : '',
    count ? (count / time / 1e6).toFixed(2) : '',
  ];
  const rows = [
    ['stage', 'time', 'share', 'million multiply-adds', 'billion per second'],
    toRow('front end', frontEnd),
    ...layers.map((layer, index) => toRow(`convolution ${index + 1}`, layer.time, layer.multiplyAdds)),
    toRow('network', network, multiplyAdds),
    toRow('window', whole),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
