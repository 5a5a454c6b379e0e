import { compare } from './agreement.js';
import { measureByTurns } from './measure.js';
import { openBenchmarkModule } from './modules.js';
import { openOnnxRuntime } from './onnx_runtime.js';
import { atLeast, milliseconds } from './rows.js';
import { openSubject } from './subject.js';
import { NO_ZEROS, PUBLISHED_ZEROS } from './synthetic_model.js';

/** The sparsities whose saving is a target. */
const TARGETS = ['53.5', '72.3', '87.0'];
const PEER = 'dense, ONNX Runtime web';

/**
 * What a network costs, its front end left out.
 *
 * @typedef {object} Cost
 * @property {string} name percent of zeros
 * @property {number} nonZeros weights that are not zero
 * @property {number} multiplyAdds for one window
 * @property {number} milliseconds
 */

/**
 * The network at each published sparsity, against the same network without a zero: on our dense executor, and on ONNX
 * Runtime web, which takes equally long whatever is zero.
 *
 * @param {number} rounds
 * @returns {Promise<import('./bench.js').Measurements & { costs: Cost[], peerMilliseconds: number }>}
 */
export async function measureSparsities(rounds) {
  const dense = await open('0', NO_ZEROS);
  const agreements = [dense.agreement];
  const networks = [dense];
  for (const [name, zeros] of Object.entries(PUBLISHED_ZEROS)) {
    const network = await open(name, zeros);
    await network.peer.close();
    agreements.push(network.agreement);
    networks.push(network);
  }
  /** @type {Record<string, () => unknown>} */
  const tasks = Object.fromEntries(networks.map(({ name, run }) => [name, run]));
  tasks[PEER] = dense.runPeer;
  const timings = await measureByTurns(tasks, rounds);
  await dense.peer.close();

  const costs = networks.map(({ name, nonZeros, multiplyAdds }) => {
    return { name, nonZeros, multiplyAdds, milliseconds: timings[name].median };
  });
  const peerMilliseconds = timings[PEER].median;
  const rows = costs
    .filter(({ name }) => TARGETS.includes(name))
    .map((cost) => toRow(cost, costs[0], peerMilliseconds));
  return { timings, agreements, rows, costs, peerMilliseconds };
}

/**
 * @param {string} name
 * @param {readonly number[]} zeros
 */
async function open(name, zeros) {
  const subject = await openSubject('relaxed', { modelType: 'sparse', embeddingDimension: 512, zeros });
  const { info, mel, normalisedMel } = subject;
  const network = (await openBenchmarkModule()).loadNetwork(subject.file);
  const peer = await openOnnxRuntime(subject);
  return {
    name,
    nonZeros: info.layers.reduce((sum, layer) => sum + layer.nonZeros, 0),
    multiplyAdds: info.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
    agreement: compare(`${name} %: ONNX Runtime web`, network.run(mel), await peer.run(normalisedMel)),
    run: () => network.run(mel),
    peer,
    runPeer: () => peer.run(normalisedMel),
  };
}

/**
 * How much of the share of multiply-adds that a network saves it saves in time, against the slower-to-beat of the two
 * dense runs.
 *
 * @param {Cost} cost
 * @param {Cost} dense
 * @param {number} peerMilliseconds
 */
function toRow(cost, dense, peerMilliseconds) {
  const savedShare = 1 - cost.multiplyAdds / dense.multiplyAdds;
  const ratios = [dense.milliseconds, peerMilliseconds].map(
    (time) => (1 - cost.milliseconds / time) / savedShare,
  );
  return atLeast(`${cost.name} % model, time saved by multiply-adds saved, ours dense and ONNX dense`, {
    value: Math.min(...ratios),
    least: 0.8,
    unit: (ratio) => ratio.toFixed(2),
    detail: `${milliseconds(cost.milliseconds)} : ${milliseconds(dense.milliseconds)}, ${milliseconds(peerMilliseconds)}`,
  });
}
