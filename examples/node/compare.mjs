// How alike are two sounds? Run it with two sound files: node compare.mjs a.wav b.wav
import { getEmbedding, loadEmbeddingModel, meanOverTime, readAudioFile, similarity } from 'edgel3';

const [first, second] = process.argv.slice(2);
if (second === undefined) {
  console.error('Give two sound files: node compare.mjs a.wav b.wav');
  process.exit(2);
}

const model = await loadEmbeddingModel();
const means = [];
for (const path of [first, second]) {
  const { channels, sampleRate } = await readAudioFile(path);
  means.push(meanOverTime(await getEmbedding(channels, sampleRate, { model })));
}
model.close();
console.log(
  `${first} and ${second}: similarity ${similarity(means[0], means[1]).toFixed(3)} (1 is the same)`,
);
