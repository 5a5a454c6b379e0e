import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { getEmbedding, loadEmbeddingModel, readAudioFile } from '../../dist/node.js';
import { maxAbsoluteError, relativeError, worstCosineDistance } from './compare.js';
import { gateFor, LOUD_DECIBELS, RESAMPLED_GATE } from './gates.js';
import { readManifest, readTruths } from './golden_set.js';
import { BUILD, keepChannels, readModule, StagedModel } from './staged_model.js';

/** @import { TestContext } from 'node:test' */
/** @import { Gate } from './gates.js' */
/** @import { Case, Model, Setting, Truth } from './golden_set.js' */
/** @typedef {Awaited<ReturnType<typeof readAudioFile>>} AudioFile */

const COMMITTED = fileURLToPath(new URL('.', import.meta.url));
const LARGER = process.env.EDGEL3_GOLDEN || fileURLToPath(new URL('../../../shared/golden', import.meta.url));

test(`the build that runs is the ${BUILD} one`, async (t) => {
  const { EDGEL3_TEST_BUILD: named = BUILD } = process.env;
  assert.equal(BUILD, named);
  const compile = t.mock.method(WebAssembly, 'compile');
  (await loadEmbeddingModel()).close();
  const [bytes] = compile.mock.calls[0].arguments;
  assert.deepEqual(new Uint8Array(/** @type {Uint8Array<ArrayBuffer>} */ (bytes)), await readModule());
});

testSet('committed goldens', COMMITTED);
testSet("goldens with EdgeL3's own weights and sounds", LARGER);

/**
 * @param {string} title
 * @param {string} folder
 */
function testSet(title, folder) {
  const manifest = readManifest(folder);
  const skip = !manifest && 'EDGEL3_GOLDEN names no folder that has them';
  describe(`${title}, ${BUILD} build`, { skip }, () => {
    for (const [name, description] of Object.entries(manifest?.models ?? {})) {
      describe(`network ${name}`, () => {
        /** @type {StagedModel} */
        let model;
        before(async () => {
          model = await StagedModel.open(join(folder, description.file), identityOf(description));
        });
        after(() => model.close());

        test('is recognised', () => {
          assert.equal(model.library.modelType, description.type);
          assert.equal(model.library.inputRepr, description.input_repr);
          assert.equal(model.library.frontEnd, description.front_end);
          assert.equal(model.library.embeddingDimension, description.emb_dim);
        });

        const cases = Object.entries(manifest?.cases ?? {}).filter(([, golden]) => golden.model === name);
        for (const [file, golden] of cases) {
          const gate = gateFor(description, golden.audio);
          describe(file, () => testCase(folder, file, golden, gate, () => model));
        }
      });
    }
  });
}

/**
 * What a file does not tell by itself.
 *
 * @param {Model} model
 * @returns {import('../../web/weights/identity.js').Identity}
 */
function identityOf({ type, emb_dim, input_repr, front_end }) {
  if (type === 'own') return {};
  if (type !== 'openl3' && type !== 'l3') return { modelType: type };
  return { modelType: type, embDim: emb_dim, inputRepr: input_repr, frontEnd: front_end };
}

/**
 * @param {string} folder
 * @param {string} file
 * @param {Case} golden
 * @param {Gate} gate
 * @param {() => StagedModel} openModel
 */
function testCase(folder, file, golden, gate, openModel) {
  const truths = readTruths(join(folder, file));
  const readAudio = () => readAudioFile(join(folder, golden.audio));

  const isResampled = truths.resampled !== undefined;
  test('resampled', { skip: !isResampled && 'the sound has the rate of the network' }, async () => {
    const signal = openModel().prepareSignal(await readAudio(), { center: false, hop_size: 1 });
    const { data } = truths.resampled;
    assertWithin(maxAbsoluteError(signal, data), RESAMPLED_GATE, 'absolute error');
    assert.ok(
      signal.subarray(data.length).every((sample) => sample === 0),
      'only silence follows',
    );
  });

  for (const [key, setting] of Object.entries(golden.settings)) {
    const prefix = `${key}_`;
    const ofSetting = Object.fromEntries(
      Object.entries(truths).map(([name, truth]) => [name.replace(prefix, ''), truth]),
    );
    if (`${prefix}melspec_db` in truths) {
      test(`${key} stages of the first window`, async (t) => {
        testStages(t, openModel(), await readAudio(), setting, ofSetting, gate);
      });
    }
    test(`${key} embedding`, async (t) => {
      await testEmbedding(t, openModel(), await readAudio(), setting, ofSetting, gate);
    });
  }
}

/**
 * @param {TestContext} t
 * @param {StagedModel} model
 * @param {AudioFile} audio
 * @param {Setting} setting
 * @param {Record<string, Truth>} truths
 * @param {Gate} gate
 */
function testStages(t, model, audio, setting, truths, gate) {
  const window = model.prepareSignal(audio, setting).subarray(0, model.library.sampleRate);
  const decibels = model.melSpectrogram(window);
  const truth = truths.melspec_db.data;
  const error = maxAbsoluteError(decibels, truth);
  const loudError = maxAbsoluteError(decibels, truth, (level) => level > LOUD_DECIBELS);
  t.diagnostic(`mel: ${error} dB, loud bins ${loudError} dB`);
  assertWithin(error, gate.decibels, 'mel dB');
  assertWithin(loudError, gate.loudDecibels, 'loud mel dB');

  const columns = model.melColumns(window);
  assert.equal(columns.length, truth.length);
  const maximum = columns.reduce((a, b) => Math.max(a, b));
  const relative = columns.map((level) => Math.max(level - maximum, -80));
  assertWithin(maxAbsoluteError(relative, truth), gate.decibels, 'mel columns dB');

  model.blockOutputs(window).forEach((output, index) => {
    const name = `block${index + 1}`;
    if (!truths[name]) return;
    const block = keepChannels(output, truths[name].shape[2]);
    assert.deepEqual(block.shape, truths[name].shape);
    const relative = relativeError(block.data, truths[name].data);
    t.diagnostic(`${name}: relative ${relative}`);
    assertWithin(relative, gate.relative, name);
  });
}

/**
 * @param {TestContext} t
 * @param {StagedModel} model
 * @param {AudioFile} audio
 * @param {Setting} setting
 * @param {Record<string, Truth>} truths
 * @param {Gate} gate
 */
async function testEmbedding(t, model, { channels, sampleRate }, setting, truths, gate) {
  const { center, hop_size: hopSize, float32_dft: keras } = setting;
  const options = { model: model.library, center, hopSize, onWarning() {} };
  const { embedding, shape, timestamps } = await getEmbedding(channels, sampleRate, options);
  assert.deepEqual(shape, truths.embedding.shape);
  assert.deepEqual(timestamps, truths.timestamps.data);

  const truth = truths.embedding.data;
  const relative = relativeError(embedding, truth);
  const cosine = worstCosineDistance(embedding, truth, shape[1]);
  t.diagnostic(`relative error ${relative} (Keras' float32: ${keras.relative_error})`);
  t.diagnostic(`cosine distance ${cosine} (Keras' float32: ${keras.cosine_distance})`);
  assertWithin(relative, gate.relative, 'relative error');
  assertWithin(cosine, gate.cosine, 'cosine distance');
  assertNoFurtherThan(gate.kerasErrors * keras.relative_error, relative, 'relative error');
  assertNoFurtherThan(gate.kerasCosines * keras.cosine_distance, cosine, 'cosine distance');
}

/**
 * An embedding is to be about as close to the truth as Keras' float32 arithmetic.
 *
 * @param {number} keras as printed in the manifest, to three digits
 * @param {number} error
 * @param {string} what
 */
function assertNoFurtherThan(keras, error, what) {
  const halfADigit = keras === 0 ? 0 : 0.5 * 10 ** (Math.floor(Math.log10(keras)) - 2);
  assertWithin(error, keras + halfADigit, `${what} against Keras'`);
}

/**
 * @param {number} error NaN passes no limit
 * @param {number} limit
 * @param {string} what
 */
function assertWithin(error, limit, what) {
  assert.ok(error <= limit, `${what}: ${error}, at most ${limit} is allowed`);
}
