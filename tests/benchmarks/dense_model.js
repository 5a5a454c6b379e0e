import { compare } from './agreement.js';
import { measureByTurns } from './measure.js';
import { openBenchmarkModule, openPackage } from './modules.js';
import { openOnnxRuntime } from './onnx_runtime.js';
import { atLeast, atMost, megabytes, milliseconds, times } from './rows.js';
import { openSubject } from './subject.js';
import { NO_ZEROS } from './synthetic_model.js';
import { openTensorFlow } from './tensorflow.js';

/** @import { Measurements } from './bench.js' */
/** @import { Peer, Subject } from './subject.js' */

/**
 * A network without zeros, and what it is measured against.
 *
 * @typedef {object} DenseCase
 * @property {string} name
 * @property {Omit<Parameters<typeof openSubject>[1], 'zeros'>} network
 * @property {Record<string, (subject: Subject) => Promise<Peer>>} peers
 * @property {number} least how many times faster than the faster one of them
 * @property {number} [memory] bytes that the module may take with the model loaded and running
 */

const ONNX = { 'ONNX Runtime web': openOnnxRuntime };
const ONNX_AND_TENSORFLOW = { ...ONNX, 'TensorFlow.js wasm': openTensorFlow };

/** @type {DenseCase[]} */
const CASES = [
  {
    name: 'SEA-64',
    network: { modelType: 'sea', embeddingDimension: 64 },
    peers: ONNX_AND_TENSORFLOW,
    least: 3,
    memory: 8e6,
  },
  {
    name: 'SEA-512',
    network: { modelType: 'sea', embeddingDimension: 512 },
    peers: ONNX_AND_TENSORFLOW,
    least: 3,
  },
  {
    name: 'OpenL3 mel128',
    network: { modelType: 'openl3', inputRepr: 'mel128', embeddingDimension: 512 },
    peers: ONNX,
    least: 3.3,
  },
  {
    name: 'OpenL3 mel256',
    network: { modelType: 'openl3', inputRepr: 'mel256', embeddingDimension: 512 },
    peers: ONNX,
    least: 3.3,
    memory: 48e6,
  },
];

/**
 * Networks without zeros, on our core and on its peers. The front end is left out of all of them.
 *
 * @param {number} rounds
 * @returns {Promise<Measurements>}
 */
export async function measureDenseModels(rounds) {
  /** @type {Measurements} */
  const all = { rows: [], timings: {}, agreements: [] };
  for (const dense of CASES) {
    const { rows, timings, agreements } = await measureCase(dense, rounds);
    all.rows.push(...rows);
    all.agreements.push(...agreements);
    for (const [task, timing] of Object.entries(timings)) all.timings[`${dense.name}, ${task}`] = timing;
  }
  return all;
}

/**
 * @param {DenseCase} dense
 * @param {number} rounds
 * @returns {Promise<Measurements>}
 */
async function measureCase({ name, network: options, peers, least, memory }, rounds) {
  const subject = await openSubject('relaxed', { ...options, zeros: NO_ZEROS });
  const { mel, normalisedMel } = subject;
  const network = (await openBenchmarkModule()).loadNetwork(subject.file);
  const embedding = network.run(mel);
  /** @type {Record<string, () => unknown>} */
  const tasks = { network: () => network.run(mel) };
  const agreements = [];
  const opened = [];
  for (const [peerName, open] of Object.entries(peers)) {
    const peer = await open(subject);
    agreements.push(compare(`${name}: ${peerName}`, embedding, await peer.run(normalisedMel)));
    tasks[peerName] = () => peer.run(normalisedMel);
    opened.push(peer);
  }
  const timings = await measureByTurns(tasks, rounds);
  for (const peer of opened) await peer.close();
  network.delete();

  const ours = timings.network.median;
  const names = Object.keys(peers);
  const theirs = names.map((peer) => timings[peer].median);
  const rows = [
    atLeast(
      `${name} network, dense, against ${names.length > 1 ? 'the faster of ' : ''}${names.join(', ')}`,
      {
        value: Math.min(...theirs) / ours,
        least,
        unit: times,
        detail: `${milliseconds(ours)} : ${theirs.map(milliseconds).join(', ')}`,
      },
    ),
  ];
  if (memory !== undefined) {
    rows.push(
      atMost(`WebAssembly memory, ${name} loaded and running`, {
        value: await runningMemory(subject),
        most: memory,
        unit: megabytes,
      }),
    );
  }
  return { timings, agreements, rows };
}

/**
 * Bytes of the module's memory when a window has run through a model.
 *
 * @param {Subject} subject
 */
async function runningMemory({ file, window, info }) {
  const { module, memory } = await openPackage('relaxed');
  module.loadModel(file).embed(window, info.sampleRate);
  return memory.buffer.byteLength;
}
