import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { convertModel, loadEmbeddingModel } from 'edgel3';
import { zipSync } from 'fflate';
import { wavFile } from '../support/wav_file.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

const bytesOf = (/** @type {string} */ text) => Buffer.from(text, 'latin1');
const zipOf = (/** @type {string[]} */ ...names) =>
  zipSync(Object.fromEntries(names.map((name) => [name, bytesOf('content')])));

/** Written by h5py as Keras 3 does: layers/NAME/vars/0. */
const KERAS3_WEIGHTS = gunzipSync(
  Buffer.from(
    'H4sIAAAAAAACA+1YPU8CQRDdW7hwQC5CBSoBtKI8rWxNwFylRC2uU6ImFEaNJgQrW+0o+QmWlvwEfwKlpaWlHXLsLrBzXjwFjcb3msl8ZDfZfXm7M3dudctOLaWYD8ticZZh0xhIPKzqvsofSmtIeyvtPVdxY5TLy3hWrk/r9ndrNb96QKD2eTKFtRjwH+HWNuu+9aSvWPrI9brTxvXJ5dWEj+6M+4bx140Jv2lG4+9zUtg8rhL8HaKi9NLU647Oz1rrxwcO8dcY0Vkn4r572ztVn8FKN8sxfR3KY+BzOlBPCP8iGU0HXmy8Y9CB4DvWSep1rYb/is3vHRM6wMe8qyR0HaA8VjzvLOp1Pen3l6ED0zrgpYXftqPpgJuBDkAHgjrQtfU6h7z789GByX/ASevrUx4DYTpgijMzlC9uxoiLgPxWja06X07i4fn8KJYtl4Y9+ejnxnIWy93IvDm8QT/POTeEjghFihmd7PtM8b71PCivNhbAEQAAAAAAgFn6S9p3f9RfZkroL9FfBvvLVzK3mfecKYy/7YLsb4vR+NtcAX/B3yB/e8WfnY/UC/r6lMfAX5uP9H/FfMQrgyNfwRtwzi61sCIAAA==',
    'base64',
  ),
);

/** The same of Keras 2.13: _layer_checkpoint_dependencies/NAME/vars/0. */
const KERAS2_WEIGHTS = gunzipSync(
  Buffer.from(
    'H4sIAAAAAAACA+2XMU/CQBTH71oaC6QRJEgjJjIyopMjJmA6KVEHNiSlSRu1NECIuuhYN0Y/Ah/DkY/hyOg3QMrdVe6gikIH5P7Ly7t79Jrej/+9e9FKp0psLwY8yTKIgASY1ghrsE/nZP4aR4iji2NfIONwMqfi8SR+Plt3dVEue9UjRmSddwnFPODaRGnlk4oXqzgv4jgQ6Lrabf3BaNV009BvnKZld2oNwzHshmHrltEGoFtvtb26ptOx7qxHo8XwqzLrBvGriSg3pcX4HUZRlPlWcn7HIi7rSnSd3rS7R40vHrUl1708Oy9BIPrc5USad5bjAvnhLl2Xx7mm0j5cTNF1Js7d9P/avyAfqGyh3Iku5gMfCvcB7gOzPtCL0nXknFqtD0Cfu/wW/b9lOeb6nQ9U4yi/VxbzAS1B7z/XZvsA4elVoevIeXzI9KnFFflAIU4/l+WYK8gHJPTNIMmRQ8MIGsBtlR/J940w48Hz6mQsmTvAYzmQkUHmCc9L4x305gVBgKifQASJsJfEJwrzxtVQvwfiSvC5Ot7+vp74Xm6Hs7RenCPOIIQUr8tzW0jNPxHdtewH2HsQ6gdAYD/AxfuBaZcmPtpPs7zhfj1kftn7/k/97HOW32s5v7P3WlMN914bxO8QD8hZ7r9cf/fffDZc/2XvY28qvQ7LMdd8fQLRy4MayBwAAA==',
    'base64',
  ),
);

const CASES = /** @type {const} */ ([
  [
    'model_unsupported',
    "Keras' newer format (.keras)",
    zipOf('metadata.json', 'config.json', 'model.weights.h5'),
  ],
  [
    'model_unsupported',
    "Keras' newer format (.keras), which Keras 3.5.0 wrote; weights are read from Keras' HDF5 files: load it in Python " +
      "with keras.models.load_model and save it with model.save('weights.h5').",
    zipSync(
      {
        'metadata.json': bytesOf('{"keras_version": "3.5.0", "date_saved": "2024-09-01@12:00:00"}'),
        'config.json': bytesOf('{}'),
        'model.weights.h5': bytesOf('content'),
      },
      { level: 0 },
    ),
  ],
  [
    'model_unsupported',
    'holds weights as Keras 3 saves them (.weights.h5), and they do not say what network they are of: build the network ' +
      "in Python as it was when they were saved, read them with model.load_weights('FILE.weights.h5'), and save the " +
      "whole with model.save('weights.h5'), which is read here.",
    KERAS3_WEIGHTS,
  ],
  [
    'model_unsupported',
    'holds weights as Keras 2 saves them from 2.12 on (.weights.h5), and they do not say',
    KERAS2_WEIGHTS,
  ],
  [
    'model_unsupported',
    'a packed SavedModel',
    zipOf('model/saved_model.pb', 'model/variables/variables.index'),
  ],
  ['model_unsupported', 'a SavedModel of TensorFlow', bytesOf('\x08\x01\x12\x9a\x01\x0a\x02serve')],
  ['model_unsupported', 'a model of PyTorch', zipOf('archive/data.pkl', 'archive/version')],
  ['model_unsupported', 'pickled by Python', bytesOf('\x80\x02\x8a\x0al\xfc')],
  ['model_unsupported', 'a model of TensorFlow Lite', bytesOf('\x1c\0\0\0TFL3\x14\0\x20\0')],
  ['model_unsupported', 'a model in ONNX', bytesOf('\x08\x07\x12\x07pytorch\x1a\x03')],
  ['model_unsupported', 'a model in ONNX', bytesOf('\x08\x08:\xff\x01\x0a')],
  ['model_unsupported', 'TensorFlow.js', bytesOf('{"modelTopology": {}, "weightsManifest": []}')],
  [
    'model_invalid',
    'a pointer of Git LFS',
    bytesOf('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n'),
  ],
  ['model_invalid', 'a page of text', bytesOf('<!DOCTYPE html><title>Not found</title>')],
  ['model_invalid', 'a page of text', bytesOf('\n  <html><head>')],
  ['model_invalid', 'a page of text', bytesOf('<?xml version="1.0"?><Error/>')],
  ['model_invalid', 'an .npz of numpy', zipOf('embedding.npy', 'timestamps.npy')],
  ['model_invalid', 'an .npy of numpy', bytesOf('\x93NUMPY\x01\0v\0')],
  ['model_invalid', 'a zip archive', zipOf('readme.txt')],
  ['model_invalid', 'a tar archive', bytesOf(`${'\0'.repeat(257)}ustar\0${'\0'.repeat(250)}`)],
  ['model_invalid', 'compressed twice', gzipSync(gzipSync('model'))],
  ['model_invalid', 'a sound', wavFile({ data: new Uint8Array(8) })],
  ['model_invalid', 'a WebAssembly module', bytesOf('\0asm\x01\0\0\0')],
  ['model_invalid', 'is empty', new Uint8Array(0)],
]);

test('a file that is something else is named as what it is, packed or not', async () => {
  for (const [code, name, bytes] of CASES) {
    for (const source of [bytes, gzipSync(bytes)]) {
      for (const call of [() => convertModel(source), () => loadEmbeddingModel({ source, workers: 0 })]) {
        await assert.rejects(call, (/** @type {any} */ error) => {
          assert.equal(error.code, code, `${name}: ${error}`);
          assert.ok(error.message.startsWith('The model file '), `${name}: ${error}`);
          assert.ok(error.message.includes(name), `${name}: ${error}`);
          return true;
        });
      }
    }
  }
});

test('so is the folder of a SavedModel', async () => {
  const source = join(folder, 'model');
  mkdirSync(source);
  await assert.rejects(loadEmbeddingModel({ source }), { code: 'file_unreadable' });
  writeFileSync(join(source, 'saved_model.pb'), '');
  await assert.rejects(loadEmbeddingModel({ source }), {
    code: 'model_unsupported',
    message: /is the folder of a SavedModel of TensorFlow; .*model\.save\('weights\.h5'\)\.$/,
  });
});

test('damage is told without the internals of JavaScript', async () => {
  const internals =
    /undefined|null|Cannot read|is not a function|DataView|RangeError|TypeError|Unexpected token|bounds/;
  const isPlain = (/** @type {any} */ { code, message }) => {
    assert.match(code, /^model_/);
    assert.doesNotMatch(message, internals);
    return true;
  };
  for (let length = 8; length < KERAS3_WEIGHTS.length; length += 97) {
    await assert.rejects(
      convertModel(Buffer.concat([KERAS3_WEIGHTS.subarray(0, length), bytesOf('layer_names')])),
      isPlain,
    );
  }
  for (const text of [
    'null',
    '[]',
    '{"a":null}',
    '{"a":{"dtype":"F32","shape":null,"data_offsets":[0]}}',
    '{"__metadata__":5}',
    '{"__metadata__":null}',
  ]) {
    const header = Buffer.alloc(8 + text.length);
    header.writeBigUInt64LE(BigInt(text.length));
    header.write(text, 8);
    for (const call of [
      () => convertModel(header),
      () => loadEmbeddingModel({ source: header, workers: 0 }),
    ]) {
      await assert.rejects(call, isPlain);
    }
  }
});

test('where it was read is said as well', async () => {
  const path = join(folder, 'x.npz');
  writeFileSync(path, zipOf('embedding.npy'));
  await assert.rejects(loadEmbeddingModel({ source: path }), { message: /x\.npz is an \.npz of numpy, / });
});
