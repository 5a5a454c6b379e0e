// Two seconds of a rising tone, embedded by worker.js: this page stays free.
const sampleRate = 44_100;
const samples = Float32Array.from({ length: 2 * sampleRate }, (_, n) => Math.sin(n * n * 2e-6));

const output = /** @type {HTMLOutputElement} */ (document.getElementById('result'));
const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => {
  output.value = data.error ?? `${data.shape[0]} windows of ${data.shape[1]} numbers`;
};
worker.onerror = ({ message }) => {
  output.value = message;
};
worker.postMessage({ samples, sampleRate }, [samples.buffer]);
