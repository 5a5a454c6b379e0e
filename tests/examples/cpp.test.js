// examples/cpp, as C++ programmers build it: within their project from sources, without npm's set-up, and on an
// installed edgel3. Its numbers are those of the WebAssembly module.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const example = join(repository, 'examples/cpp');
const model = join(repository, 'dist/edgel3-model.safetensors');
const folder = mkdtempSync(join(tmpdir(), 'edgel3-cpp-'));
after(() => rmSync(folder, { recursive: true }));

const COMPILERS = ['-DCMAKE_C_COMPILER=clang-19', '-DCMAKE_CXX_COMPILER=clang++-19'];
const hasCompiler = spawnSync('clang++-19', ['--version']).status === 0;
const options = { skip: !hasCompiler && 'there is no clang++-19' };

const cmake = (/** @type {string[]} */ ...args) => execFileSync('cmake', args, { encoding: 'utf8' });

/** The library's sources where FetchContent would put them, from those that the set-up has laid out. */
function givenSources() {
  const setup = readFileSync(join(repository, 'build/setup.cmake'), 'utf8');
  const folderOf = (/** @type {string} */ name) => {
    const found = new RegExp(`set\\(${name} "?([^")]+)"?\\)`).exec(setup);
    assert.ok(found, `${name} in build/setup.cmake`);
    return found[1];
  };
  const headers = join(folder, 'headers');
  mkdirSync(headers);
  symlinkSync(folderOf('EDGEL3_HEADERS'), join(headers, 'include'));
  return [
    `-DFETCHCONTENT_SOURCE_DIR_EDGEL3_KISSFFT=${folderOf('EDGEL3_KISSFFT_SOURCE')}`,
    `-DFETCHCONTENT_SOURCE_DIR_EDGEL3_JSON=${headers}`,
  ];
}

/** Runs a built example on a sound and compares what it says with the package. @param {string} program */
async function assertEmbeds(program) {
  const rate = 22050;
  const sound = Float32Array.from({ length: 2 * rate }, (_, index) => 0.5 * Math.sin(index ** 1.3 / 40));
  const file = join(folder, 'sound.f32');
  writeFileSync(file, sound);
  const [first, ...rows] = execFileSync(program, [model, file, String(rate)], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const embedded = await loadEmbeddingModel({ workers: 0 });
  const { embedding, shape } = await getEmbedding(sound, rate, { model: embedded });
  embedded.close();
  assert.equal(first, `${shape[0]} windows of ${shape[1]} numbers`);
  const numbers = rows.flatMap((row) => row.split(' ').map(Number));
  assert.equal(numbers.length, embedding.length);
  const largest = embedding.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  numbers.forEach((number, index) => {
    assert.ok(Math.abs(number - embedding[index]) <= 1e-5 * largest, `number ${index}`);
  });
}

test('cpp: it is built from sources, and again on what was installed', options, async () => {
  const fromSources = join(folder, 'from-sources');
  cmake('-S', example, '-B', fromSources, '-G', 'Ninja', ...COMPILERS, ...givenSources());
  cmake('--build', fromSources);
  await assertEmbeds(join(fromSources, 'embed'));
  const { status, stderr } = spawnSync(join(fromSources, 'embed'), [example, example, '8000'], {
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.match(stderr, /model file/);

  const prefix = join(folder, 'prefix');
  cmake('--install', fromSources, '--prefix', prefix);
  const onInstalled = join(folder, 'on-installed');
  cmake('-S', example, '-B', onInstalled, '-G', 'Ninja', ...COMPILERS, `-DCMAKE_PREFIX_PATH=${prefix}`);
  cmake('--build', onInstalled);
  await assertEmbeds(join(onInstalled, 'embed'));
});
