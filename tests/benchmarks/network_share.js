/**
 * Prints the share of the machine's rate of 128-bit load + multiply-add that the 95.45 % network reaches in this process.
 * sparse_model.js runs it with an option of V8 that holds for a whole process.
 */

import { measureByTurns } from './measure.js';
import { openBenchmarkModule } from './modules.js';
import { openSubject } from './subject.js';
import { PUBLISHED_ZEROS } from './synthetic_model.js';

const { file, info, mel } = await openSubject('relaxed', {
  modelType: 'sparse',
  embeddingDimension: 512,
  zeros: PUBLISHED_ZEROS['95.45'],
});
const module = await openBenchmarkModule();
const network = module.loadNetwork(file);
const multiplyAdds = info.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0);
const timings = await measureByTurns(
  { network: () => network.run(mel), limit: () => module.loadAndMultiplyAdd(multiplyAdds) },
  15,
);
console.log(timings.limit.median / timings.network.median);
