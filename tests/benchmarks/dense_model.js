import { compare } from './agreement.js';
import { measureByTurns } from './measure.js';
import { openBenchmarkModule } from './modules.js';
import { openOnnxRuntime } from './onnx_runtime.js';
import { atLeast, milliseconds, times } from './rows.js';
import { openSubject } from './subject.js';
import { NO_ZEROS } from './synthetic_model.js';
import { openTensorFlow } from './tensorflow.js';

/**
 * A network of SEA-64's shape without zeros, on our core and on its peers. The front end is left out of all three.
 *
 * @param {number} rounds
 * @returns {Promise<import('./bench.js').Measurements>}
 */
export async function measureDenseModel(rounds) {
  const subject = await openSubject('relaxed', {
    modelType: 'sea',
    embeddingDimension: 64,
    zeros: NO_ZEROS,
  });
  const { mel, normalisedMel } = subject;
  const network = (await openBenchmarkModule()).loadNetwork(subject.file);
  const onnx = await openOnnxRuntime(subject);
  const tensorFlow = await openTensorFlow(subject);
  const embedding = network.run(mel);
  const agreements = [
    compare('SEA-64: ONNX Runtime web', embedding, await onnx.run(normalisedMel)),
    compare('SEA-64: TensorFlow.js wasm', embedding, await tensorFlow.run(normalisedMel)),
  ];
  const timings = await measureByTurns(
    {
      network: () => network.run(mel),
      'network on ONNX Runtime web': () => onnx.run(normalisedMel),
      'network on TensorFlow.js wasm': () => tensorFlow.run(normalisedMel),
    },
    rounds,
  );
  await onnx.close();
  tensorFlow.close();

  const ours = timings.network.median;
  const peers = [
    timings['network on ONNX Runtime web'].median,
    timings['network on TensorFlow.js wasm'].median,
  ];
  return {
    timings,
    agreements,
    rows: [
      atLeast('SEA-64 network, dense, against the faster of ONNX Runtime web, TensorFlow.js wasm', {
        value: Math.min(...peers) / ours,
        least: 1.5,
        unit: times,
        detail: `${milliseconds(ours)} : ${peers.map(milliseconds).join(', ')}`,
      }),
    ],
  };
}
