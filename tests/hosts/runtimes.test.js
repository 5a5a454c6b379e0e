// What runs JavaScript and is neither Node nor a page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { embedding } from '../package/apps.js';
import { runIn } from '../package/project.js';
import { assertPrintsResult, assertResult, createHost, PROGRAM, program } from './host.js';

test('Bun, also as one file', async (t) => {
  const inline = `${embedding('edgel3/inline')} console.log(JSON.stringify(await globalThis.result)); process.exit();`;
  const folder = await createHost(t, 'bun', { 'main.js': PROGRAM, 'inline.js': inline });
  if (!folder) return;
  const bun = program(folder, 'bun');
  await assertPrintsResult(folder, bun, ['main.js']);
  const built = await runIn(folder, bun, ['build', 'inline.js', '--target=bun', '--outfile', 'out.js']);
  assert.equal(built.status, 0, built.output);
  await assertPrintsResult(folder, bun, ['out.js']);
});

test('workerd (Cloudflare): the module compiled by the host, the model as data, in place', async (t) => {
  const folder = await createHost(t, 'workerd', {});
  if (!folder) return;
  const { Miniflare } = createRequire(join(folder, 'main.js'))('miniflare');
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { getEmbedding, loadEmbeddingModel, similarity } from 'edgel3';
        import wasm from './edgel3.wasm';
        import source from './edgel3-model.safetensors';
        // Nothing of it happens before it is asked for.
        const one = similarity(Float32Array.of(1), Float32Array.of(1));
        export default {
          async fetch() {
            const model = await loadEmbeddingModel({ wasm, source });
            const audio = Float32Array.from({ length: 30_000 }, (_, index) => Math.sin((index * index) / 40_000));
            const { embedding, shape } = await getEmbedding(audio, 22_050, { model });
            const refused = await loadEmbeddingModel({ source }).catch(({ code, message }) => code + ': ' + message);
            return Response.json({ embedding: Array.from(embedding), shape, one, refused });
          },
        };`,
      resolveDir: folder,
    },
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['./edgel3.wasm', './edgel3-model.safetensors'],
    write: false,
    logLevel: 'error',
  });
  const contents = (/** @type {string} */ name) =>
    readFileSync(join(folder, 'node_modules/edgel3/dist', name));
  const host = new Miniflare({
    modules: [
      { type: 'ESModule', path: 'main.js', contents: outputFiles[0].text },
      { type: 'CompiledWasm', path: 'edgel3.wasm', contents: contents('edgel3.wasm') },
      { type: 'Data', path: 'edgel3-model.safetensors', contents: contents('edgel3-model.safetensors') },
    ],
    compatibilityDate: '2026-01-01',
  });
  t.after(() => host.dispose());
  const answer = await (await host.dispatchFetch('http://localhost/')).json();
  await assertResult(answer);
  assert.equal(answer.one, 1);
  assert.match(answer.refused, /^wasm_unavailable: .*edgel3\/inline/);
});

test('jsdom: files of its window, and a window without workers', async (t) => {
  const folder = await createHost(t, 'jsdom', {
    'main.js': `
      import { readFileSync } from 'node:fs';
      import { JSDOM } from 'jsdom';
      import { getEmbedding, loadEmbeddingModel } from 'edgel3';
      const { window } = new JSDOM('', { url: 'http://localhost/' });
      const bytes = readFileSync(new URL('node_modules/edgel3/dist/edgel3-model.safetensors', import.meta.url));
      // As test runners do, of which Node's own are not to be seen.
      for (const name of ['Blob', 'File', 'FileReader', 'URL']) globalThis[name] = window[name];
      const source = new window.File([window.Uint8Array.from(bytes)], 'model.safetensors');
      const model = await loadEmbeddingModel({ source, workers: 0 });
      if (model.name !== 'sea64-sparse69') throw new Error(model.name);
      const audio = Float32Array.from({ length: 30_000 }, (_, index) => Math.sin((index * index) / 40_000));
      const { embedding, shape } = await getEmbedding(audio, 22_050, { model });
      console.log(JSON.stringify({ embedding: Array.from(embedding), shape }));`,
  });
  if (folder) await assertPrintsResult(folder, process.execPath, ['main.js']);
});

test('Vue and Pinia: a model in ref(), in reactive() and in a store', async (t) => {
  const folder = await createHost(t, 'vue', {
    'main.js': `
      import { getEmbedding, loadEmbeddingModel } from 'edgel3';
      import { createPinia, defineStore, setActivePinia } from 'pinia';
      import { reactive, ref } from 'vue';
      const model = ref(await loadEmbeddingModel());
      const state = reactive({ model: model.value, options: { hopSize: 0.1 } });
      const audio = ref([Float32Array.from({ length: 30_000 }, (_, index) => Math.sin((index * index) / 40_000))]);
      setActivePinia(createPinia());
      const store = defineStore('sound', { state: () => ({ model: undefined, audio: undefined }) })();
      store.model = model.value;
      store.$patch({ audio: audio.value });
      const first = await getEmbedding(audio.value, 22_050, { model: state.model, ...state.options });
      const { embedding, shape } = await getEmbedding(store.audio, 22_050, { model: store.model });
      if (String(first.embedding) !== String(embedding)) throw new Error('other numbers');
      if (store.model.name !== 'sea64-sparse69') throw new Error(store.model.name);
      console.log(JSON.stringify({ embedding: Array.from(embedding), shape }));`,
  });
  if (folder) await assertPrintsResult(folder, process.execPath, ['main.js']);
});

test('Comlink: errors keep their code by what docs/hosting.md says', async (t) => {
  const hosting = readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8');
  const [, recipe] = /** @type {RegExpMatchArray} */ (hosting.match(/^```js comlink\n(.*?)^```$/ms));
  const folder = await createHost(t, 'comlink', {
    'main.js': `
      ${recipe}
      import { getEmbedding } from 'edgel3';
      import { expose, wrap } from 'comlink';
      const { port1, port2 } = new MessageChannel();
      expose({ embed: (samples) => getEmbedding(samples, 8000).then(({ shape }) => shape) }, port1);
      const { embed } = wrap(port2);
      const error = await embed(new Float32Array(0)).catch((error) => error);
      console.log(JSON.stringify([error.name, error.code, error.message]));
      process.exit();`,
  });
  if (!folder) return;
  const { output } = await runIn(folder, process.execPath, ['main.js']);
  const [name, code, message] = JSON.parse(output);
  assert.deepEqual([name, code], ['EdgeL3Error', 'audio_empty']);
  assert.ok(message.length > 10);
});
