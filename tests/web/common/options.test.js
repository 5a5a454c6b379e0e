import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { EdgeL3Error, getEmbedding, loadEmbeddingModel } from 'edgel3';
import {
  convertModel,
  convertModelFile,
  fetchPublishedModel,
  processFile,
  processStream,
  readAudioFile,
} from 'edgel3/node';
import { hostSignal, isAbortSignal, onAbort } from '../../../web/common/abort.js';
import { sound } from '../support/sounds.js';

const audio = sound(8000, 8000);
const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);

/** @param {() => unknown} call */
async function refusal(call) {
  try {
    await call();
  } catch (error) {
    assert.ok(error instanceof EdgeL3Error, String(error));
    return { code: error.code, message: error.message };
  }
  return assert.fail('it was taken');
}

test('an unknown option is refused by every function, with the name that was probably meant', async () => {
  const model = await loadEmbeddingModel({ workers: 0 });
  for (const [meant, call] of /** @type {[string, () => unknown][]} */ ([
    ['hopSize', () => getEmbedding(audio, 8000, any({ hopsize: 0.5 }))],
    ['hopSize', () => getEmbedding(audio, 8000, any({ hop_size: 0.5 }))],
    ['center', () => getEmbedding(audio, 8000, any({ centre: false }))],
    ['modelType', () => getEmbedding(audio, 8000, any({ model_type: 'sea' }))],
    ['sparsity', () => loadEmbeddingModel(any({ sparsty: 87 }))],
    ['workers', () => loadEmbeddingModel(any({ worker: 1 }))],
    ['hopSize', () => model.melSpectrogram(audio, 8000, any({ hopSise: 1 }))],
    ['sampleRate', () => model.stream(any({ samplerate: 8000 }))],
    ['outputDir', () => processFile('a.wav', any({ outputdir: '.' }))],
    ['format', () => processStream(process.stdin, process.stdout, any({ formt: 'csv' }))],
    ['dtype', () => convertModel(new Uint8Array(1), any({ dType: 'f16' }))],
    ['dtype', () => convertModelFile(import.meta.filename, 'b', any({ dtypes: 'f16' }))],
    ['license', () => convertModel(new Uint8Array(1), any({ metadata: { licence: 'MIT' } }))],
    ['signal', () => fetchPublishedModel('edgel3_sea_ust_audio_emb_64', any({ signals: 1 }))],
  ])) {
    const { code, message } = await refusal(call);
    assert.equal(code, 'option_invalid');
    assert.ok(message.endsWith(`Did you mean '${meant}'?`), message);
  }
  const { message } = await refusal(() => getEmbedding(audio, 8000, any({ volume: 1 })));
  assert.match(message, /^There is no option 'volume' here\. It is one of hopSize, /);
  model.close();
});

test('a wrong value is refused, and the message says what came', async () => {
  const model = await loadEmbeddingModel({ workers: 0 });
  const embed = (/** @type {object} */ options) => () => getEmbedding(audio, 8000, any(options));
  const load = (/** @type {object} */ options) => () => loadEmbeddingModel(any(options));
  for (const [start, code, call] of /** @type {[string, string, () => unknown][]} */ ([
    [
      "hopSize must be a positive number of seconds; '0.5' is text.",
      'hop_invalid',
      embed({ hopSize: '0.5' }),
    ],
    ['hopSize must be a positive number of seconds, not 0.', 'hop_invalid', embed({ hopSize: 0 })],
    ['hopSize must be a positive number of seconds, not null.', 'hop_invalid', embed({ hopSize: null })],
    [
      'hopSize must be a positive number of seconds, not the BigInt 1.',
      'hop_invalid',
      embed({ hopSize: 1n }),
    ],
    ["center must be true or false; 'false' is text.", 'option_invalid', embed({ center: 'false' })],
    ['onProgress must be a function, not 5.', 'option_invalid', embed({ onProgress: 5 })],
    ['onProgress must be a function, not 5.', 'option_invalid', load({ onProgress: 5 })],
    ['onWarning must be a function, not null.', 'option_invalid', embed({ onWarning: null })],
    ['signal must be an AbortSignal', 'option_invalid', embed({ signal: {} })],
    ['signal must be an AbortSignal', 'option_invalid', embed({ signal: new AbortController() })],
    ['signal must be an AbortSignal', 'option_invalid', load({ signal: new AbortController() })],
    ['signal must be an AbortSignal', 'option_invalid', load({ signal: any({ aborted: false }) })],
    [
      "workers must be 'auto' or a whole number from 0 to 64; '2' is text.",
      'option_invalid',
      load({ workers: '2' }),
    ],
    ['The options must be an object, not 5.', 'option_invalid', () => getEmbedding(audio, 8000, any(5))],
    ['The options must be an object, not an Array.', 'option_invalid', () => loadEmbeddingModel(any([]))],
    [
      "sampleRate must be a positive number of Hz; '8000' is text.",
      'sample_rate_invalid',
      () => getEmbedding(audio, any('8000')),
    ],
    [
      "sampleRate must be a positive number of Hz; '8000' is text.",
      'sample_rate_invalid',
      () => model.stream({ sampleRate: any('8000') }),
    ],
    [
      'sampleRate must be a positive number of Hz, not undefined.',
      'sample_rate_invalid',
      () => model.stream(any(undefined)),
    ],
    [
      'onWarning must be a function, not null.',
      'option_invalid',
      () => model.stream(any({ sampleRate: 8000, onWarning: null })),
    ],
    ['suffix must be text, not null.', 'option_invalid', () => processFile('a.wav', any({ suffix: null }))],
    ['outputDir must be a path', 'option_invalid', () => processFile('a.wav', any({ outputDir: 5 }))],
    [
      'keepExtension must be true or false, not 1.',
      'option_invalid',
      () => processFile('a.wav', any({ keepExtension: 1 })),
    ],
    [
      'format must be one of npz, npy, csv, json, jsonl, not null.',
      'option_invalid',
      () => processFile('a.wav', any({ format: null })),
    ],
    ['filePath must be a path or a URL of file:, not 5.', 'option_invalid', () => processFile(any(5))],
    ['filePath must be a path', 'option_invalid', () => processFile(new URL('https://example.org/a.wav'))],
    ['filePath must be a path', 'option_invalid', () => processFile('')],
    ['path must be a path', 'option_invalid', () => readAudioFile(any(undefined))],
    ['outputPath must be a path', 'option_invalid', () => convertModelFile('a', any(undefined))],
    [
      'input must be a stream of bytes, not 5.',
      'option_invalid',
      () => processStream(any(5), process.stdout),
    ],
    ['output must be a Writable of Node', 'option_invalid', () => processStream(process.stdin, any({}))],
    [
      "dtype must be one of f32, f16, not 'f8'.",
      'option_invalid',
      () => convertModel(new Uint8Array(1), any({ dtype: 'f8' })),
    ],
    ["The model must be the file's bytes", 'option_invalid', () => convertModel(any('x.h5'))],
    [
      "There is no published model 'edgel3_sea_ust_audio_emb_46'; did you mean 'edgel3_sea_ust_audio_emb_64'?",
      'option_invalid',
      () => fetchPublishedModel('edgel3_sea_ust_audio_emb_46'),
    ],
  ])) {
    const { code: actual, message } = await refusal(call);
    assert.ok(message.startsWith(start), `${message} instead of ${start}`);
    assert.equal(actual, code, message);
  }
  model.close();
});

test('what another script has added to all objects is no option', async () => {
  any(Object.prototype).hopsize = 5;
  try {
    const { shape } = await getEmbedding(audio, 8000, { hopSize: 1, center: false });
    assert.deepEqual(shape, [1, 64]);
  } finally {
    delete any(Object.prototype).hopsize;
  }
});

test('options and bytes of another window are taken', async () => {
  const options = vm.runInNewContext('({ hopSize: 1, center: false })');
  assert.deepEqual((await getEmbedding(audio, 8000, options)).shape, [1, 64]);
  for (const bytes of [vm.runInNewContext('new ArrayBuffer(4)'), new DataView(new ArrayBuffer(4))]) {
    assert.equal((await refusal(() => convertModel(bytes))).code, 'model_invalid');
  }
});

test('a signal of another window is heard, and so is what listens to it here', async () => {
  const { signal, abort } = foreignSignal();
  assert.ok(isAbortSignal(signal));
  assert.ok(!isAbortSignal({ [Symbol.toStringTag]: 'AbortSignal' }));
  const own = hostSignal(signal);
  assert.ok(own instanceof AbortSignal);
  const heard = new Promise((resolve) => onAbort(signal, resolve));
  abort();
  assert.ok(own.aborted);
  assert.equal((await heard).code, 'aborted');
  assert.equal((await refusal(() => loadEmbeddingModel({ signal }))).code, 'aborted');
  assert.equal(hostSignal(AbortSignal.abort())?.aborted, true);
  assert.equal(hostSignal(undefined), undefined);
});

/** What a signal of jsdom or of an iframe looks like from here. */
function foreignSignal() {
  const target = new EventTarget();
  const state = { aborted: false, reason: 'enough' };
  const signal = any({
    get aborted() {
      return state.aborted;
    },
    reason: 'enough',
    addEventListener: target.addEventListener.bind(target),
    [Symbol.toStringTag]: 'AbortSignal',
  });
  const abort = () => {
    state.aborted = true;
    target.dispatchEvent(new Event('abort'));
  };
  return { signal: /** @type {AbortSignal} */ (signal), abort };
}
