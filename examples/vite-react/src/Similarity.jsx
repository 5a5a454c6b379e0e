import { getEmbedding, loadEmbeddingModel, meanOverTime, similarity } from 'edgel3';
import { useState } from 'react';

// One network for the whole page, loaded when the first component asks for it.
let loading;
const getModel = () => {
  loading ??= loadEmbeddingModel();
  return loading;
};

async function embedFile(file) {
  const context = new OfflineAudioContext(1, 1, 48_000);
  const audio = await context.decodeAudioData(await file.arrayBuffer());
  return meanOverTime(await getEmbedding(audio, undefined, { model: await getModel() }));
}

/** Says how alike two sound files are that a visitor chooses. */
export function Similarity() {
  const [answer, setAnswer] = useState('Choose two sound files: they do not leave this machine.');

  const compare = async ({ target: { files } }) => {
    if (files.length !== 2) return setAnswer('Choose exactly two files.');
    setAnswer('Working …');
    try {
      const [a, b] = await Promise.all(Array.from(files, embedFile));
      setAnswer(`Similarity ${similarity(a, b).toFixed(3)} (1 is the same)`);
    } catch (error) {
      setAnswer(error.message);
    }
  };

  return (
    <main>
      <h1>How alike are two sounds?</h1>
      <input type="file" multiple accept="audio/*" onChange={compare} />
      <p>
        <output>{answer}</output>
      </p>
    </main>
  );
}
