import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinPieces } from '../../../web/decoders/join_pieces.js';
import { inSeconds } from '../../../web/node/in_seconds.js';

const RATE = 1000;

/**
 * @param {number[]} lengths of the pieces
 * @param {Float32ArrayConstructor | Float64ArrayConstructor} Samples
 */
function makePieces(lengths, Samples) {
  let next = 0;
  return lengths.map((length) => {
    const first = next;
    next += length;
    return [1, -1].map((sign) => new Samples(Array.from({ length }, (_, index) => sign * (first + index))));
  });
}

/** @param {import('../../../web/common/samples.js').FloatSamples[][]} pieces @param {Error} [end] */
async function* give(pieces, end) {
  yield* pieces;
  if (end) throw end;
}

for (const Samples of [Float32Array, Float64Array]) {
  test(`pieces of a second or more, with the same samples: ${Samples.name}`, async () => {
    for (const [lengths, expected] of [
      [[1], [1]],
      [
        [999, 1, 999],
        [1000, 999],
      ],
      [
        [400, 400, 400, 3000, 1, 2],
        [1200, 3000, 3],
      ],
      [[0, 1000, 0], [1000]],
      [Array(25).fill(96), [...Array(2).fill(1056), 288]],
    ]) {
      const pieces = makePieces(lengths, Samples);
      const { sampleRate, pieces: joined } = inSeconds({ sampleRate: RATE, pieces: give(pieces) });
      const seconds = [];
      for await (const piece of joined) seconds.push(piece);
      assert.equal(sampleRate, RATE);
      assert.deepEqual(
        seconds.map(([left]) => left.length),
        expected,
      );
      assert.deepEqual(joinPieces(seconds), joinPieces(pieces));
      assert.ok(seconds.flat().every((samples) => samples instanceof Samples));
    }
  });
}

test('what the sound ends with is passed on, and who stops early stops the decoder', async () => {
  const damage = new Error('damaged');
  const damaged = inSeconds({ sampleRate: RATE, pieces: give(makePieces([2000, 5], Float32Array), damage) });
  const read = async () => {
    for await (const _ of damaged.pieces);
  };
  await assert.rejects(read(), damage);
  const source = give(makePieces([2000, 2000], Float32Array));
  for await (const _ of inSeconds({ sampleRate: RATE, pieces: source }).pieces) break;
  assert.equal((await source.next()).done, true);
});
