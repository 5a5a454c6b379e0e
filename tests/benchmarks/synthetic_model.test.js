import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPackage } from './modules.js';
import { NO_ZEROS, PUBLISHED_ZEROS, syntheticNetwork, toModelFile } from './synthetic_model.js';
import { benchmarkWindow } from './window.js';

const SEA_64 = { modelType: /** @type {const} */ ('sea'), embeddingDimension: 64 };

test('zeros are as many as asked for, layer by layer', () => {
  const zeros = PUBLISHED_ZEROS['95.45'];
  const { convolutions } = syntheticNetwork({ modelType: 'sparse', embeddingDimension: 512, zeros });
  convolutions.forEach(({ weights }, layer) => {
    const counted = weights.reduce((count, weight) => count + (weight === 0 ? 1 : 0), 0);
    const asked = (weights.length * zeros[layer]) / 100;
    assert.ok(Math.abs(counted - asked) <= 2, `layer ${layer + 1}: ${counted} zeros, ${asked} asked for`);
  });
});

test('pruning keeps the largest weights as they are', () => {
  const full = syntheticNetwork({ ...SEA_64, zeros: NO_ZEROS }).convolutions[3].weights;
  const pruned = syntheticNetwork({ ...SEA_64, zeros: PUBLISHED_ZEROS['87.0'] }).convolutions[3].weights;
  let smallestKept = Number.POSITIVE_INFINITY;
  let largestPruned = 0;
  pruned.forEach((weight, index) => {
    const magnitude = Math.abs(full[index]);
    if (weight === 0) largestPruned = Math.max(largestPruned, magnitude);
    else {
      assert.equal(weight, full[index]);
      smallestKept = Math.min(smallestKept, magnitude);
    }
  });
  assert.ok(largestPruned < smallestKept);
});

test('the same seed gives the same model file, another seed another', () => {
  const file = (/** @type {number} */ seed) =>
    toModelFile(syntheticNetwork({ ...SEA_64, zeros: NO_ZEROS, seed }));
  assert.deepEqual(file(7), file(7));
  assert.notDeepEqual(file(7), file(8));
});

test('activations neither fade nor grow from layer to layer', async () => {
  const { module } = await openPackage('baseline');
  for (const zeros of [NO_ZEROS, PUBLISHED_ZEROS['95.45']]) {
    const model = module.loadModel(toModelFile(syntheticNetwork({ ...SEA_64, zeros })));
    for (const { data } of model.activations(benchmarkWindow(model.info().sampleRate))) {
      const meanSquare = data.reduce((sum, number) => sum + number * number, 0) / data.length;
      assert.ok(meanSquare > 0.1 && meanSquare < 10, `mean square ${meanSquare}`);
    }
    model.delete();
  }
});
