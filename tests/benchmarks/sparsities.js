import { compare } from './agreement.js';
import { measureByTurns } from './measure.js';
import { openBenchmarkModule } from './modules.js';
import { openOnnxRuntime } from './onnx_runtime.js';
import { atLeast, figure, milliseconds, times } from './rows.js';
import { openSubject } from './subject.js';
import { NO_ZEROS, PUBLISHED_ZEROS } from './synthetic_model.js';

/** The sparsities at which the executor is a near choice: whichever it is, zeros shall not cost time. */
const NEAR = ['53.5', '63.5'];
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
  const [without, ...others] = costs;
  const rows = others.map((cost) => toRow(cost, without));
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
 * How much faster a network is than the one without a zero. Where both take the dense executor they differ by chance only.
 *
 * @param {Cost} cost
 * @param {Cost} dense
 */
function toRow(cost, dense) {
  const result = {
    value: dense.milliseconds / cost.milliseconds,
    unit: times,
    detail: `${milliseconds(cost.milliseconds)} : ${milliseconds(dense.milliseconds)}`,
  };
  const what = `${cost.name} % zeros, network, against the same without a zero`;
  return NEAR.includes(cost.name) ? atLeast(what, { ...result, least: 0.95 }) : figure(what, result);
}
