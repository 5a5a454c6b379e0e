import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Statistics } from '../../../../web/demo/live/statistics.js';

const PIECE = 0.02;

/** @param {Statistics} statistics @param {number} from @param {number} count @param {(at: number) => void} [onPiece] */
function hear(statistics, from, count, onPiece) {
  for (let index = 0; index < count; index++) {
    const at = from + (index + 1) * PIECE;
    statistics.hear(8000 * PIECE, at);
    onPiece?.(at);
  }
  return from + count * PIECE;
}

test('the time of a window is that from the piece that completed it', () => {
  for (const center of [true, false]) {
    const statistics = new Statistics({ sampleRate: 8000, modelRate: 8000, center });
    assert.ok(Number.isNaN(statistics.windowTime));
    const windowEnd = center ? 0.5 : 1;
    let window = 0;
    hear(statistics, 100, 200, (at) => {
      // What a stream does: a window comes 7 ms after the piece with which the filter has all that it needs.
      while (window * 0.1 + windowEnd + 0.008 <= at - 100) {
        statistics.embed(window * 0.1, at + 0.007);
        window++;
      }
    });
    assert.ok(window > 20);
    assert.equal(statistics.windows, window);
    assert.ok(Math.abs(statistics.windowTime - 0.007) < 1e-6, String(statistics.windowTime));
  }
});

test('sound that goes by unheard is told, uneven pieces are not', () => {
  const statistics = new Statistics({ sampleRate: 8000, modelRate: 8000, center: true });
  let at = hear(statistics, 5, 100);
  assert.equal(statistics.dropped, 0);
  // Late by a second, and then all at once.
  for (let index = 0; index < 50; index++) statistics.hear(160, at + 1);
  at = hear(statistics, at + 1, 100);
  assert.equal(statistics.dropped, 0);
  at = hear(statistics, at + 0.5, 100);
  assert.ok(Math.abs(statistics.dropped - 0.5) < 1e-6);
  assert.ok(Math.abs(statistics.heard - 7) < 1e-6);
});
