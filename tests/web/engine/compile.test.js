import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Makes the library take the baseline build, as where the engine has no relaxed SIMD. */
const asBaseline = ['--import', String(new URL('../../runner/build_by_name.js', import.meta.url))];
/** Node 20 has relaxed SIMD switched off; later it is always there. */
const withRelaxed = process.versions.node.startsWith('20.') ? ['--experimental-wasm-relaxed-simd'] : [];

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

/** A copy of the built library, to be damaged. @param {string} name @returns {string} */
function copyLibrary(name) {
  const copy = join(folder, name);
  cpSync(fileURLToPath(new URL('../../../dist', import.meta.url)), copy, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return copy;
}

/** Embeds a tone with a copy of the library. @param {string} library @param {string[]} [nodeOptions] */
function embed(library, nodeOptions = []) {
  const script = `
    const { getEmbedding } = await import('${pathToFileURL(join(library, 'node.js'))}');
    const audio = Float32Array.from({ length: 8000 }, (_, index) => Math.sin(index * index * 1e-5));
    try {
      const { embedding } = await getEmbedding(audio, 8000, { center: false });
      console.log(JSON.stringify({ embedding: Array.from(embedding) }));
    } catch ({ name, code, message }) {
      console.log(JSON.stringify({ name, code, message }));
    }`;
  const args = [...nodeOptions, '--input-type=module', '-e', script];
  const env = { ...process.env, EDGEL3_TEST_BUILD: 'baseline' };
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  assert.equal(stderr.replace(/.*ExperimentalWarning.*\n.*\n/, ''), '');
  return JSON.parse(stdout);
}

test('each build is used where it can be, and they agree', () => {
  const baselineOnly = copyLibrary('baseline');
  rmSync(join(baselineOnly, 'edgel3-relaxed.wasm'));
  const relaxedOnly = copyLibrary('relaxed');
  rmSync(join(relaxedOnly, 'edgel3.wasm'));
  const baseline = embed(baselineOnly, asBaseline);
  const relaxed = embed(relaxedOnly, withRelaxed);
  assert.equal(baseline.embedding?.length, 64, baseline.message);
  assert.equal(relaxed.embedding?.length, 64, relaxed.message);
  const peak = Math.max(...baseline.embedding);
  baseline.embedding.forEach((/** @type {number} */ value, /** @type {number} */ index) => {
    assert.ok(Math.abs(value - relaxed.embedding[index]) < 1e-4 * peak);
  });
});

test('without SIMD the error says what is needed', () => {
  const { name, code, message } = embed(copyLibrary('nosimd'), ['--no-enable-sse4-1', '--no-enable-avx']);
  assert.deepEqual([name, code], ['EdgeL3Error', 'wasm_unavailable']);
  assert.match(message, /SIMD/);
});

test('a module that is not there, or is something else, is told from what came', () => {
  const library = copyLibrary('damaged');
  for (const file of ['edgel3.wasm', 'edgel3-relaxed.wasm']) {
    writeFileSync(join(library, file), '<!doctype html><title>404</title>');
  }
  const html = embed(library);
  assert.equal(html.code, 'wasm_unavailable');
  assert.match(html.message, /edgel3.*\.wasm gave: 33 bytes that begin with "<!doctype html>/);
  for (const file of ['edgel3.wasm', 'edgel3-relaxed.wasm']) {
    writeFileSync(join(library, file), Buffer.from('\0asm\x01\0\0\0broken'));
  }
  assert.equal(embed(library).code, 'wasm_unavailable');
  for (const file of ['edgel3.wasm', 'edgel3-relaxed.wasm']) rmSync(join(library, file));
  const missing = embed(library);
  assert.equal(missing.code, 'wasm_unavailable');
  assert.match(missing.message, /no file/);
});

test('a built-in model that is not there is told', () => {
  const library = copyLibrary('modelless');
  rmSync(join(library, 'edgel3-model.safetensors'));
  const { code, message } = embed(library);
  assert.equal(code, 'file_not_found');
  assert.match(message, /built-in model could not be loaded.*docs\/hosting.md/);
  for (const [content, said] of /** @type {const} */ ([
    ['<html>404</html>', /loaded: file:.*model\.safetensors is a page of text \(HTML or XML\).*docs/],
    [
      'version https://git-lfs.github.com/spec/v1',
      /loaded: file:.*model\.safetensors is a pointer of Git LFS/,
    ],
    ['', /loaded: file:.*model\.safetensors is empty\. docs/],
  ])) {
    writeFileSync(join(library, 'edgel3-model.safetensors'), content);
    assert.match(embed(library).message, said);
  }
});

test('where a bundler took the library away from its files, the error names the line that helps', () => {
  const optimized = embed(copyLibrary('node_modules/.vite/deps'));
  assert.equal(optimized.code, 'file_not_found');
  assert.match(
    optimized.message,
    /Vite's optimizer .*"optimizeDeps: \{ exclude: \['edgel3'\] \}" into vite\.config\.js/,
  );

  const library = copyLibrary('next');
  const script = readFileSync(join(library, 'node.js'), 'utf8');
  const moved = script.replaceAll(
    /new URL\("\.\/(edgel3-model\.safetensors)",import\.meta\.url\)/g,
    '"/_next/static/media/$1"',
  );
  assert.notEqual(moved, script);
  writeFileSync(join(library, 'node.js'), moved);
  const served = embed(library);
  assert.equal(served.code, 'file_not_found');
  assert.match(
    served.message,
    /as Next runs it.*"serverExternalPackages: \['edgel3'\]" into next\.config\.js/,
  );
});

test('where address space is limited, the error says that V8 reserves it', (t) => {
  const program = `
    const { loadEmbeddingModel } = await import('${import.meta.resolve('edgel3')}');
    const model = await loadEmbeddingModel({ workers: 0 }).catch(({ code, message }) => ({ code, message }));
    console.log(JSON.stringify({ code: model.code, message: model.message }));`;
  // Enough for Node itself, and too little for what V8 reserves for one memory: 8 GB and more.
  const command = `ulimit -v 6000000 && exec "$0" --input-type=module -e "$1"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, program], {
    encoding: 'utf8',
  });
  if (stdout === '')
    return t.skip(`this Node does not start where address space is limited: ${stderr.trim().split('\n')[0]}`);
  const { code, message } = JSON.parse(stdout);
  if (code === undefined) return t.skip("this Node's V8 makes do with what address space there is");
  assert.equal(code, 'out_of_memory');
  assert.match(message, /ulimit -v/);
});

test('a trap fails the call, and the next one gets another instance of the module', async () => {
  const library = copyLibrary('trap');
  renameSync(join(library, 'edgel3-core.js'), join(library, 'real-core.js'));
  writeFileSync(
    join(library, 'edgel3-core.js'),
    `import createRealModule from './real-core.js';
    export default async function createModule(options) {
      const module = await createRealModule(options);
      const { loadModel } = module;
      module.loadModel = (bytes) => {
        const model = loadModel(bytes);
        const { embed } = model;
        model.embed = (...args) => {
          if (globalThis.nextTrap) throw globalThis.nextTrap;
          return embed.apply(model, args);
        };
        return model;
      };
      return module;
    }`,
  );
  const { getEmbedding, loadEmbeddingModel } = await import(String(pathToFileURL(join(library, 'node.js'))));
  const audio = new Float32Array(8000).fill(0.1);
  for (const [trap, code] of [
    [new WebAssembly.RuntimeError('unreachable'), 'internal'],
    [new WebAssembly.RuntimeError('Aborted(OOM)'), 'out_of_memory'],
    [new RangeError('Array buffer allocation failed'), 'out_of_memory'],
  ]) {
    const model = await loadEmbeddingModel({ workers: 0 });
    Object.assign(globalThis, { nextTrap: trap });
    await assert.rejects(getEmbedding(audio, 8000, { model }), { name: 'EdgeL3Error', code, cause: trap });
    Object.assign(globalThis, { nextTrap: undefined });
    const { shape } = await getEmbedding(audio, 8000, { model });
    assert.deepEqual(shape, [6, 64]);
    model.close();
  }
});
