// Sound files of every format, embedded in pages and on the command line: the same numbers to the last bit.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { root as folder, run } from '../../support/command_line.js';
import { againAfterCrash } from '../crashes.js';
import { inEachEngine, repository } from '../in_each_engine.js';

/** By the name of each: as it stands in the repository. */
const SOUNDS = [
  's16.wav',
  'double.wav',
  'mulaw.wav',
  's24.aiff',
  's32.aiff',
  'stereo.flac',
  'flac.oga',
  'vorbis.ogg',
  'six.opus',
  'mpeg1.mp3',
  'mpeg2.mp3',
].map((name) => `tests/web/decoders/sounds/${name}`);

/** Bytes of the header of an .npy. */
const NPY_HEADER_BYTES = 128;

/** @type {Map<string, number[]>} bits of the numbers of the embeddings, by the path of the sound */
const expected = new Map();

before(async () => {
  const outputs = join(folder, 'embeddings');
  mkdirSync(outputs);
  const paths = SOUNDS.map((path) => fileURLToPath(new URL(path, repository)));
  const options = ['--build', 'baseline', '--format', 'npy', '--keep-extension', '-o', outputs];
  const { code, stderr } = await run(folder, [...options, ...paths]);
  assert.equal(code, 0, stderr);
  for (const path of SOUNDS) {
    const bytes = readFileSync(join(outputs, `${path.slice(path.lastIndexOf('/') + 1)}.npy`));
    expected.set(path, [...new Uint32Array(Uint8Array.from(bytes.subarray(NPY_HEADER_BYTES)).buffer)]);
  }
});

inEachEngine(({ openPage }) => {
  test(
    'a page gives the embeddings that the command line gives',
    againAfterCrash(async (t) => {
      const { tab } = await openPage(t);
      const actual = await tab.evaluate(async (paths) => {
        const { decodeAudio, getEmbedding, loadEmbeddingModel } = await import(
          /** @type {string} */ ('/dist/index.js')
        );
        const model = await loadEmbeddingModel({ build: 'baseline' });
        const bitsOf = async (/** @type {string} */ path) => {
          const { channels, sampleRate } = await decodeAudio(await (await fetch(`/${path}`)).blob());
          const { embedding } = await getEmbedding(channels, sampleRate, { model });
          return Array.from(new Uint32Array(embedding.buffer, embedding.byteOffset, embedding.length));
        };
        /** @type {[string, number[]][]} */
        const all = [];
        for (const path of paths) all.push([path, await bitsOf(path)]);
        model.close();
        return all;
      }, SOUNDS);
      for (const [path, bits] of actual) {
        assert.ok(bits.length >= 64, path);
        assert.deepEqual(bits, expected.get(path), path);
      }
      assert.equal(actual.length, SOUNDS.length);
    }),
  );
});
