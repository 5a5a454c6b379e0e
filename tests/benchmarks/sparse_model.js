import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compare } from './agreement.js';
import { measureByTurns } from './measure.js';
import { openBenchmarkModule, openPackage } from './modules.js';
import { openOnnxRuntime } from './onnx_runtime.js';
import { atLeast, atMost, figure, megabytes, milliseconds, percent, times } from './rows.js';
import { openSubject } from './subject.js';
import { PUBLISHED_ZEROS, toModelFile } from './synthetic_model.js';

/**
 * The network with 95.45 % zeros: a whole window and its parts, other ways to run it, and the machine's limit.
 *
 * @param {number} rounds
 * @returns {Promise<import('./bench.js').Measurements>}
 */
export async function measureSparseModel(rounds) {
  const zeros = PUBLISHED_ZEROS['95.45'];
  const subject = await openSubject('relaxed', { modelType: 'sparse', embeddingDimension: 512, zeros });
  const { model, info, window, mel, normalisedMel } = subject;
  const baseline = (await openPackage('baseline')).module.loadModel(subject.file);
  const benchmark = await openBenchmarkModule();
  const network = benchmark.loadNetwork(subject.file);
  const spmm = benchmark.loadSpmmNetwork(subject.file);
  const onnx = await openOnnxRuntime(subject);
  const embedding = model.embed(window, info.sampleRate);
  const agreements = [
    compare('95.45 %: ONNX Runtime web', embedding, await onnx.run(normalisedMel)),
    compare('95.45 %: XNNPACK SpMM', embedding, spmm.run(mel)),
  ];
  const multiplyAdds = info.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0);
  const timings = await measureByTurns(
    {
      'window, relaxed': () => model.embed(window, info.sampleRate),
      'window, baseline': () => baseline.embed(window, info.sampleRate),
      'mel front end': () => model.melSpectrogram(window),
      network: () => network.run(mel),
      'network on XNNPACK SpMM': () => spmm.run(mel),
      'network on ONNX Runtime web': () => onnx.run(normalisedMel),
      'load + multiply-add': () => benchmark.loadAndMultiplyAdd(multiplyAdds),
    },
    rounds,
  );
  await onnx.close();

  const median = (/** @type {keyof typeof timings} */ task) => timings[task].median;
  const whole = median('window, relaxed');
  const rate = (/** @type {keyof typeof timings} */ task) => multiplyAdds / median(task) / 1e6;
  const spmmToNetwork = median('network on XNNPACK SpMM') / median('network');
  const ms = milliseconds;
  return {
    timings,
    agreements,
    rows: [
      atLeast('95.45 % model, whole window, against ONNX Runtime web, dense, network only', {
        value: median('network on ONNX Runtime web') / whole,
        least: 10.5,
        unit: times,
        detail: `${ms(whole)} : ${ms(median('network on ONNX Runtime web'))}`,
      }),
      atLeast('the same against XNNPACK SpMM, network only', {
        value: median('network on XNNPACK SpMM') / whole,
        least: 1.5,
        unit: times,
        detail: `${ms(whole)} : ${ms(median('network on XNNPACK SpMM'))}; network to network ${times(spmmToNetwork)}`,
      }),
      atLeast("its network, of the machine's rate of 128-bit load + multiply-add", {
        value: rate('network') / rate('load + multiply-add'),
        least: 0.67,
        unit: percent,
        detail: `${rate('network').toFixed(1)} of ${rate('load + multiply-add').toFixed(1)} GMAC/s`,
      }),
      figure('the same with V8 making 256-bit instructions of pairs, --experimental-wasm-revectorize', {
        value: await revectorizedShare(),
        unit: percent,
      }),
      atMost('its mel front end, share of the window', {
        value: median('mel front end') / whole,
        most: 0.08,
        unit: percent,
        detail: ms(median('mel front end')),
      }),
      atMost('baseline build against relaxed, whole window', {
        value: median('window, baseline') / whole,
        most: 1.4,
        unit: times,
        detail: `${ms(whole)} : ${ms(median('window, baseline'))}`,
      }),
      atMost('WebAssembly memory, 95.45 % model in F16 loaded and running', {
        value: await runningMemory(subject),
        most: 5.5e6,
        unit: megabytes,
      }),
    ],
  };
}

/** The network's share of the machine's limit in a process whose V8 widens vectors, the limit measured there too. */
async function revectorizedShare() {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...process.execArgv,
    '--experimental-wasm-revectorize',
    fileURLToPath(new URL('network_share.js', import.meta.url)),
  ]);
  return Number(stdout);
}

/**
 * Bytes of the module's memory when a model has come as F16 and a window has run through it.
 *
 * @param {import('./subject.js').Subject} subject
 */
async function runningMemory({ network, window, info }) {
  const { module, memory } = await openPackage('relaxed');
  module.loadModel(toModelFile(network, 'f16')).embed(window, info.sampleRate);
  return memory.buffer.byteLength;
}
