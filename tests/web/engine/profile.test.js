import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';
import { goldenModelPath } from '../support/model_files.js';
import { sound } from '../support/sounds.js';

for (const [execution, source] of [
  ['sparse', undefined],
  ['dense', goldenModelPath('sea64')],
]) {
  test(`a ${execution} model tells the time of each of its parts and embeds as before`, async () => {
    const model = await loadEmbeddingModel({ source, workers: 1 });
    const audio = sound(8000, 8000);
    const before = await getEmbedding(audio, 8000, { model });
    const { frontEnd, layers } = await model.profile();
    assert.ok(frontEnd > 0);
    assert.equal(layers.length, 8);
    for (const { time, multiplyAdds } of layers) {
      assert.ok(time > 0);
      assert.ok(Number.isInteger(multiplyAdds) && multiplyAdds > 0);
    }
    assert.deepEqual(await getEmbedding(audio, 8000, { model }), before);
    model.close();
    await assert.rejects(model.profile(), { code: 'closed' });
  });
}
