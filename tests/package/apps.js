// The programs that every project of pages.js has.

/** 1.4 s at 22,050 Hz, in code that pages and Node evaluate alike. */
const AUDIO =
  'Float32Array.from({ length: 30_000 }, (_, index) => Math.sin((index * index) / 40_000)), 22_050';
const TO_RESULT = '({ embedding, shape }) => ({ embedding: Array.from(embedding), shape })';

/** @param {string} library what stands in the import */
export const embedding = (library) => `import { getEmbedding } from '${library}';
globalThis.result = getEmbedding(${AUDIO}).then(${TO_RESULT});
`;

/** The same in place. @param {string} library */
export const embeddingInPlace = (library) => `import { getEmbedding, loadEmbeddingModel } from '${library}';
globalThis.result = loadEmbeddingModel({ workers: 0 })
  .then((model) => getEmbedding(${AUDIO}, { model }))
  .then(${TO_RESULT});
`;

const WORKER = `const worker = new Worker(new URL('./task.js', import.meta.url), { type: 'module' });
globalThis.result = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
});
`;

/** @param {string} library */
const task = (library) => `${embedding(library)}
globalThis.result.then(postMessage, (error) => setTimeout(() => { throw error; }));
`;

/** Listens to a tone, as if it came from a microphone. @param {string} microphone what stands in the import */
const listening = (microphone) => `import { openMicrophone } from '${microphone}';
async function listen() {
  const context = new AudioContext();
  const destination = new MediaStreamAudioDestinationNode(context);
  const oscillator = new OscillatorNode(context);
  oscillator.connect(destination);
  oscillator.start();
  const { readable, close } = await openMicrophone({ mediaStream: destination.stream });
  const { value } = await readable.getReader().read();
  await close();
  return value.length;
}
globalThis.result = listen();
`;

/** @param {string} script its tag */
export const page = (script) => `<!doctype html>
<meta charset="utf-8">
<title>edgel3</title>
<link rel="icon" href="data:,">
${script}
`;

/** The library in a page, its one-file entry, the library inside a worker of the page, and the microphone. */
export const APPS = ['page', 'inline', 'worker', 'microphone'];

/**
 * @param {{ library: string, inline: string, microphone: string }} imports what stands in the imports
 * @returns {Record<string, string>} contents of the files by path
 */
export function sources({ library, inline, microphone }) {
  const pages = APPS.map((app) => [`${app}.html`, page(`<script type="module" src="./${app}.js"></script>`)]);
  return {
    'page.js': embedding(library),
    'inline.js': embedding(inline),
    'worker.js': WORKER,
    'task.js': task(library),
    'microphone.js': listening(microphone),
    ...Object.fromEntries(pages),
  };
}
