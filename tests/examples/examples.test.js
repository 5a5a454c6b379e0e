// Every program of examples/, run as its reader would run it, with the package as it is installed.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { createProject, projects, runIn, tarball } from '../package/project.js';
import { serve } from '../web/browser/static_server.js';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const sample = fileURLToPath(new URL('../../web/demo/sample.wav', import.meta.url));
const voice = fileURLToPath(new URL('../golden/audio/voice8k.wav', import.meta.url));
const EXECUTABLE = '/usr/bin/chromium';

/** A project with the package installed and an example copied into it. @param {string} name */
function copyExample(name) {
  const folder = createProject(`example-${name}`, {});
  cpSync(join(examples, name), folder, { recursive: true });
  return folder;
}

test('README.md names every example', () => {
  const text = readFileSync(join(examples, 'README.md'), 'utf8');
  const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) assert.ok(text.includes(`[${name}](${name}/)`), name);
});

test('node: two sounds are compared', async () => {
  const folder = copyExample('node');
  const same = await runIn(folder, process.execPath, ['compare.mjs', sample, sample]);
  assert.match(same.output, /similarity 1\.000/);
  const other = await runIn(folder, process.execPath, ['compare.mjs', sample, voice]);
  assert.match(other.output, /similarity 0\.\d\d\d/);
  assert.equal((await runIn(folder, process.execPath, ['compare.mjs'])).status, 2);
});

describe('in Chromium', { skip: !existsSync(EXECUTABLE) && `there is no ${EXECUTABLE}` }, () => {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;

  before(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath: EXECUTABLE, args });
    server = await serve(pathToFileURL(`${projects}/`), { pathOfPage: '/', contentSecurityPolicy: '' });
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  /**
   * @param {string} path of the page
   * @param {string[]} files chosen there, if it asks for any
   * @param {RegExp} answer what the page says in the end
   */
  async function assertAnswers(path, files, answer) {
    const tab = await browser.newPage();
    await tab.goto(`${server.url}/${path}`);
    if (files.length > 0) await tab.setInputFiles('input[type=file]', files);
    await tab
      .waitForFunction(
        (text) => new RegExp(text).test(document.querySelector('output')?.value ?? ''),
        answer.source,
      )
      .catch(async (cause) => {
        throw new Error(`The page says: ${await tab.locator('body').innerText()}`, { cause });
      });
    await tab.close();
  }

  test('plain-page: a chosen file is embedded', async () => {
    copyExample('plain-page');
    await assertAnswers('example-plain-page/index.html', [sample], /sample\.wav: \d+ windows of 64 numbers/);
  });

  test('README.md: its program runs in a page by its import map, and prints what it prints in Node', async () => {
    const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const found =
      /.*^```js\n(?<program>(?:(?!^```).)*)^```\n\n(?<shown>(?: {4}[^\n]*\n)+).*?^```html\n(?<html>.*?)^```/ms.exec(
        text,
      );
    const { program, shown, html } = found?.groups ?? {};
    createProject('readme-page', { 'index.html': `<!doctype html>\n${html}`, 'windows.mjs': program });
    const lines = shown.trimEnd().split('\n');
    const tab = await browser.newPage();
    /** @type {string[]} */
    const printed = [];
    const isDone = new Promise((resolve, reject) => {
      tab.on('pageerror', reject);
      tab.on('console', (message) => {
        // Browsers ask every server for an icon.
        if (message.location().url.endsWith('/favicon.ico')) return;
        if (message.type() === 'error') reject(new Error(message.text()));
        printed.push(message.text());
        if (printed.length === lines.length) resolve(undefined);
      });
    });
    await tab.goto(`${server.url}/readme-page/index.html`);
    await isDone;
    // The two builds differ in the last digits, so times and the number of values are compared.
    const toForm = (/** @type {string} */ line) => line.trim().replaceAll(/\d+\.\d{4}/g, 'N');
    assert.deepEqual(printed.map(toForm), lines.map(toForm));
    await tab.close();
  });

  test('worker: embeddings come from the page’s own worker', async () => {
    copyExample('worker');
    await assertAnswers('example-worker/index.html', [], /16 windows of 64 numbers/);
  });

  test('vite-react: two chosen files are compared in the built page', async () => {
    const folder = createProject('example-vite-react', {});
    cpSync(join(examples, 'vite-react'), folder, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    manifest.dependencies.edgel3 = `file:${tarball}`;
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    const installed = await runIn(folder, 'npm', ['install', '--no-audit', '--no-fund']);
    assert.equal(installed.status, 0, installed.output);
    const built = await runIn(folder, 'npx', ['vite', 'build']);
    assert.equal(built.status, 0, built.output);
    await assertAnswers('example-vite-react/dist/index.html', [sample, sample], /Similarity 1\.000/);
  });
});

// Debian's python3-numpy belongs to Debian's own Python, which need not be the first on PATH.
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import numpy']).status === 0,
);
describe('python', { skip: !python && 'there is no python3 with numpy' }, () => {
  const folder = copyExample('python');
  cpSync(sample, join(folder, 'sound.wav'));
  const command = ['node', join(folder, 'node_modules/edgel3/dist/cli/edgel3.js')];

  /** Runs a program that finds the module beside it, and gives what it prints as JSON. @param {string} program */
  function runPython(program) {
    const script = `import json, sys, wave
import numpy as np
import edgel3_node
from edgel3_node import EdgeL3Error, Model
model = Model(command=${JSON.stringify(command)})
with wave.open('sound.wav') as file:
    sr, channels = file.getframerate(), file.getnchannels()
    audio = np.frombuffer(file.readframes(file.getnframes()), '<i2').reshape(-1, channels) / 32768
${program}
model.close()`;
    return JSON.parse(execFileSync(String(python), ['-c', script], { cwd: folder, encoding: 'utf8' }));
  }

  test('get_embedding and process_file give the bits of the command line', () => {
    const equal = runPython(`
import subprocess
subprocess.run(${JSON.stringify(command)} + ['--hop-size', '0.5', '--suffix', 'cli', 'sound.wav'], check=True, stdout=subprocess.DEVNULL)
truth = np.load('sound_cli.npz')
embedding, timestamps = edgel3_node.get_embedding(audio, sr, model, hop_size=0.5)
for _ in range(2):  # a file again, too
    edgel3_node.process_file('sound.wav', suffix='python', model=model, hop_size=0.5)
same = [open(name, 'rb').read() for name in ('sound_cli.npz', 'sound_python.npz')]
print(json.dumps([
    embedding.dtype == np.float32 and np.array_equal(embedding, truth['embedding']),
    np.array_equal(timestamps, truth['timestamps']),
    same[0] == same[1],
]))`);
    assert.deepEqual(equal, [true, true, true]);
  });

  test('one process serves many calls, and errors come with their codes', () => {
    const facts = runPython(`
first = model.embed(audio[:, 0], sr)[0]
codes = []
for call in (
    lambda: model.embed_file('missing.wav'),
    lambda: model.embed(np.full(8000, np.nan), 8000),
    lambda: model.embed(np.array(['a']), 8000),
    lambda: model.embed(np.zeros(8000), 44100.5),
):
    try:
        call()
    except EdgeL3Error as error:
        codes.append(error.code)
again = model.embed(audio[:, 0], sr)[0]
print(json.dumps([codes, np.array_equal(first, again), len(model._processes)]))`);
    assert.deepEqual(facts, [
      ['file_not_found', 'audio_not_finite', 'audio_invalid', 'sample_rate_invalid'],
      true,
      2,
    ]);
  });

  test('HEAR: scenes and timestamps', () => {
    const facts = runPython(`
model.sample_rate = 48000
sounds = np.stack([np.sin(np.arange(96000) ** 2 * 1e-6), np.sin(np.arange(96000) * 0.05)])
embeddings, milliseconds = edgel3_node.get_timestamp_embeddings(sounds, model)
scenes = edgel3_node.get_scene_embeddings(sounds, model)
print(json.dumps([embeddings.shape, milliseconds[0, :3].tolist(), scenes.shape, np.allclose(scenes, embeddings.mean(axis=1))]))`);
    assert.deepEqual(facts, [[2, 16, 64], [0, 100, 200], [2, 64], true]);
  });
});
