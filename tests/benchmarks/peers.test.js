import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from './agreement.js';
import { openOnnxRuntime } from './onnx_runtime.js';
import { openSubject } from './subject.js';
import { PUBLISHED_ZEROS } from './synthetic_model.js';
import { openTensorFlow } from './tensorflow.js';

const subject = await openSubject('baseline', {
  modelType: 'sea',
  embeddingDimension: 64,
  zeros: PUBLISHED_ZEROS['53.5'],
});
const embedding = subject.model.embed(subject.window, subject.info.sampleRate);

for (const [name, open] of Object.entries({ openOnnxRuntime, openTensorFlow })) {
  test(`${name}: the same weights give the same embedding`, async () => {
    const peer = await open(subject);
    assert.ok(compare(name, embedding, await peer.run(subject.normalisedMel)).same);
    await peer.close();
  });
}

test('an embedding with one number changed is not the same', () => {
  const other = embedding.slice();
  other[3] += 0.01 * Math.max(...embedding);
  assert.ok(!compare('changed', embedding, other).same);
});
