import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { convertModel } from '../../../web/weights/convert.js';
import { fromFloat16Bits } from '../../../web/weights/float16.js';
import { readKeras } from '../../../web/weights/keras.js';
import { readSafetensors, writeSafetensors } from '../../../web/weights/safetensors.js';
import { goldenModel, goldenModelPath } from '../support/model_files.js';

/** @import { Tensor } from '../../../web/weights/safetensors.js' */

/** The file of sea128 holds weights alone, which do not say what they are for. */
const SEA = /** @type {const} */ ({ modelType: 'sea' });

/** The weights of a layer as they stand in a file, by the description of the format. @param {Record<string, Tensor>} tensors @param {number} layer @param {number} count */
function decodeWeights(tensors, layer, count) {
  const toFloats = (/** @type {Tensor} */ { dtype, data }) =>
    Float32Array.from(data, (value) => (dtype === 'F16' ? fromFloat16Bits(value) : value));
  const dense = tensors[`conv${layer}.weight`];
  if (dense) return toFloats(dense);
  const values = toFloats(tensors[`conv${layer}.values`]);
  const weights = new Float32Array(count);
  const positions = decodePositions(tensors, layer);
  assert.equal(positions.length, values.length);
  positions.forEach((position, index) => {
    weights[position] = values[index];
  });
  return weights;
}

/** Where the non-zeros of a layer stand. @param {Record<string, Tensor>} tensors @param {number} layer */
function decodePositions(tensors, layer) {
  /** @type {number[]} */
  const positions = [];
  const mask = tensors[`conv${layer}.mask`];
  mask?.data.forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) positions.push(8 * index + bit);
  });
  if (mask) return positions;
  let position = -1;
  for (const gap of tensors[`conv${layer}.gaps`].data) {
    position += gap === 255 ? 255 : gap + 1;
    if (gap !== 255) positions.push(position);
  }
  return positions;
}

for (const network of ['sea64', 'sea128', 'sparse']) {
  const modelType = network === 'sparse' ? 'sparse' : 'sea';
  test(`${network} in 32 bits holds exactly the weights of the source`, async () => {
    const { metadata, tensors } = readSafetensors(
      await convertModel(readFileSync(goldenModelPath(network)), { modelType }),
    );
    const source = readKeras(goldenModel(network), { modelType });
    assert.deepEqual(metadata, {
      format: 'edgel3',
      version: '2',
      network: JSON.stringify(source.description),
      model_type: modelType,
    });
    source.convolutions.forEach(({ weights, scale, shift }, index) => {
      assert.deepEqual(decodeWeights(tensors, index + 1, weights.length), weights);
      assert.deepEqual(tensors[`conv${index + 1}.scale`].data, scale);
      assert.deepEqual(tensors[`conv${index + 1}.shift`].data, shift);
    });
  });
}

test('zeros decide whether a network is stored as a whole or as its non-zeros', async () => {
  const dense = readSafetensors(await convertModel(goldenModel('sea64'))).tensors;
  assert.deepEqual(dense['conv8.weight'].shape, [64, 64, 3, 3]);
  assert.ok(!('conv8.values' in dense));
  const sparse = readSafetensors(await convertModel(goldenModel('sparse'))).tensors;
  assert.ok('conv1.values' in sparse && !('conv1.weight' in sparse));
});

test('16 bits: each weight is the nearest, and all non-zeros stay', async () => {
  const full = readSafetensors(await convertModel(goldenModel('sea128'), SEA)).tensors;
  const half = readSafetensors(await convertModel(goldenModel('sea128'), { ...SEA, dtype: 'f16' })).tensors;
  for (let layer = 1; layer <= 8; layer++) {
    assert.deepEqual(decodePositions(half, layer), decodePositions(full, layer));
    const [halves, floats] = [half[`conv${layer}.values`].data, full[`conv${layer}.values`].data];
    assert.equal(halves.length, floats.length);
    halves.forEach((bits, index) => {
      const error = Math.abs(fromFloat16Bits(bits) - floats[index]);
      assert.ok(error <= Math.max(2 ** -11 * Math.abs(floats[index]), 2 ** -25));
    });
  }
});

test('safetensors to safetensors: to the same type nothing changes, to 16 bits it is as from the source', async () => {
  const full = await convertModel(goldenModel('sea128'), SEA);
  const half = await convertModel(goldenModel('sea128'), { ...SEA, dtype: 'f16' });
  assert.deepEqual(await convertModel(full), full);
  assert.deepEqual(await convertModel(full, { dtype: 'f16' }), half);
  assert.deepEqual(await convertModel(await convertModel(half), { dtype: 'f16' }), half);
  assert.deepEqual(await convertModel(gzipSync(half), { dtype: 'f16' }), half);
});

test('free text goes into the file', async () => {
  const bytes = await convertModel(goldenModel('sea64'), { metadata: { name: 'mine', license: 'MIT' } });
  const { name, license, format } = readSafetensors(bytes).metadata;
  assert.deepEqual([name, license, format], ['mine', 'MIT', 'edgel3']);
});

test('the built-in model is what the converter makes', async () => {
  const file = new Uint8Array(
    readFileSync(new URL('../../../models/sea64-sparse69.safetensors', import.meta.url)),
  );
  assert.deepEqual(await convertModel(file, { dtype: 'f16' }), file);
});

test('a weight beyond the range of 16 bits is an error', async () => {
  const file = readSafetensors(await convertModel(goldenModel('sea64')));
  /** @type {Float32Array} */ (file.tensors['conv4.weight'].data)[7] = 70000;
  await assert.rejects(convertModel(writeSafetensors(file), { dtype: 'f16' }), {
    code: 'option_invalid',
    message: /70000 in conv4\.weight/,
  });
});

test('what is no model is refused', async () => {
  const gzipped = readFileSync(goldenModelPath('sea64'));
  for (const bytes of [
    new Uint8Array(0),
    Buffer.from('<!doctype html><title>Not found</title>'),
    ...Array.from({ length: 18 }, (_, length) => gzipped.slice(0, 2 + length)),
    gzipped.subarray(0, 1000),
    Buffer.concat([gzipped.subarray(0, 5000), Buffer.alloc(2000), gzipped.subarray(7000)]),
    gzipSync('no model'),
    goldenModel('sea64').subarray(0, 100_000),
  ]) {
    await assert.rejects(convertModel(bytes), { name: 'EdgeL3Error', code: 'model_invalid' });
  }
  const foreign = writeSafetensors({ metadata: {}, tensors: {} });
  await assert.rejects(convertModel(foreign), { code: 'model_unsupported' });
});

test('a gzipped file that unpacks without end is given up', async () => {
  await assert.rejects(convertModel(gzipSync(Buffer.alloc(300 * 2 ** 20))), {
    code: 'model_invalid',
    message: /256 MB/,
  });
});

test('progress, in bytes of the unpacked file', async () => {
  const gzipped = readFileSync(goldenModelPath('sparse'));
  const { length } = goldenModel('sparse');
  /** @type {import('edgel3').Progress[]} */
  const steps = [];
  await convertModel(gzipped, { onProgress: (step) => steps.push(step) });
  assert.ok(steps.length > 10);
  for (const [index, { stage, done, total }] of steps.entries()) {
    assert.deepEqual([stage, total], ['convert', length]);
    assert.ok(done >= (steps[index - 1]?.done ?? 1));
  }
  assert.equal(steps.at(-1)?.done, length);
});

test('an abort is heard before the work, while unpacking and while converting', async () => {
  const gzipped = readFileSync(goldenModelPath('sea64'));
  await assert.rejects(convertModel(gzipped, { signal: AbortSignal.abort() }), { code: 'aborted' });
  const whileUnpacking = new AbortController();
  const onProgress = () => whileUnpacking.abort();
  await assert.rejects(convertModel(gzipped, { signal: whileUnpacking.signal, onProgress }), {
    code: 'aborted',
  });
  const whileConverting = new AbortController();
  setImmediate(() => whileConverting.abort());
  await assert.rejects(convertModel(goldenModel('sea64'), { signal: whileConverting.signal }), {
    code: 'aborted',
  });
});

test('options are checked', async () => {
  await assert.rejects(convertModel(goldenModel('sea64'), { dtype: /** @type {any} */ ('f64') }), {
    code: 'option_invalid',
  });
  await assert.rejects(convertModel(/** @type {any} */ ('model.h5')), { code: 'option_invalid' });
});
