import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadEmbeddingModel } from 'edgel3';
import { sha256Of } from '../../../web/embedding/sha256.js';

const file = readFileSync(new URL('../../../dist/edgel3-model.safetensors', import.meta.url));
const truth = createHash('sha256').update(file).digest('hex');

test("a model's identity is its name and the SHA-256 of its file, wherever the bytes come from", async () => {
  for (const source of [undefined, new Uint8Array(file), new Blob([file])]) {
    const model = await loadEmbeddingModel({ source, workers: 0 });
    assert.deepEqual(model.identity, { name: model.name, sha256: truth });
    model.close();
  }
});

test('where there is no crypto.subtle, as in a page that comes by http, it is the same', async (t) => {
  assert.equal(await sha256Of(file), truth);
  const subtle = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
  t.after(() => Object.defineProperty(globalThis, 'crypto', /** @type {PropertyDescriptor} */ (subtle)));
  assert.equal(await sha256Of(file), truth);
  assert.equal(
    await sha256Of(new Uint8Array(0)),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});
