// What is taught in a page is what Node reads, and gives the same answers to the last bit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SoundClassifier } from 'edgel3/analysis';
import { againAfterCrash } from './crashes.js';
import { inEachEngine } from './in_each_engine.js';

inEachEngine(({ openPage }) => {
  for (const head of /** @type {const} */ (['neighbours', 'linear'])) {
    test(
      `${head}: taught in a page, classified in Node`,
      againAfterCrash(async (t) => {
        const { tab } = await openPage(t);
        const { json, untrained, rows, answers } = await tab.evaluate(async (head) => {
          const { getEmbedding, loadEmbeddingModel, SoundClassifier } = await import(
            /** @type {any} */ ('/dist/index.js')
          );
          const rate = 8000;
          const tone = (/** @type {number} */ pitch) =>
            Float32Array.from(
              { length: 2 * rate },
              (_, n) => 0.5 * Math.sin((2 * Math.PI * pitch * n) / rate) * Math.sin(n * n * 1e-8 * pitch),
            );
          const model = await loadEmbeddingModel();
          const classifier = new SoundClassifier({ model, head });
          for (const [label, pitches] of Object.entries({
            low: [200, 220],
            middle: [600],
            high: [1500, 1600],
          })) {
            for (const pitch of pitches) await classifier.addExample(label, tone(pitch), rate);
          }
          const untrained = JSON.stringify(classifier);
          const rows = [];
          const answers = [];
          for (const pitch of [180, 400, 700, 1000, 1400, 2000]) {
            for (const { embedding } of await getEmbedding(tone(pitch), rate, { model })) {
              rows.push(Array.from(embedding));
              answers.push(await classifier.classify(embedding));
            }
          }
          model.close();
          return { json: JSON.stringify(classifier), untrained, rows, answers };
        }, head);
        assert.ok(JSON.parse(json).trained && !JSON.parse(untrained).trained);
        // What was learned is in the one file; from the other, it is learned here.
        for (const text of [json, untrained]) {
          const classifier = SoundClassifier.fromJSON(text);
          for (const [k, row] of rows.entries()) assert.deepEqual(await classifier.classify(row), answers[k]);
        }
        assert.ok(rows.length > 60);
      }),
    );
  }
});
