// An hour of live sound, as fast as it can be heard: memory stays, nothing is lost, and who reads slowly is waited for.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { makeFolder, start } from '../web/support/command_line.js';
import { sound } from '../web/support/sounds.js';
import { int16 } from '../web/support/wav_file.js';

const SECONDS = 3600;

/** Seconds after which the sound begins anew, so that what must come is known. */
const PERIOD = 7;

/** Bytes: what Node's heap may grow by before it is collected. */
const MOST_GROWTH = 32e6;

/** Lines that are read before the reader pauses, and milliseconds of its pause. */
const PAUSE = { lines: 600, milliseconds: 1000 };

test('listen: an hour', { timeout: 1_800_000 }, async (t) => {
  const samples = int16(Array.from(sound(8000 * PERIOD, 8000), (sample) => Math.round(sample * 2 ** 15)));
  const child = start(makeFolder(), ['listen', '--rate', '8000', '--jobs', '1']);
  child.stderr.resume();
  const ended = new Promise((resolve) => child.on('close', resolve));
  const memory = () =>
    1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
  const begin = performance.now();
  const writing = (async () => {
    for (let second = 0; second < SECONDS; second++) {
      const piece = samples.subarray(16_000 * (second % PERIOD), 16_000 * ((second % PERIOD) + 1));
      if (!child.stdin.write(piece)) await new Promise((resolve) => child.stdin.once('drain', resolve));
    }
    child.stdin.end();
  })();
  /** @type {string[]} */
  const embeddings = [];
  let count = 0;
  let early = 0;
  let late = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { start: from, embedding } = JSON.parse(line);
    assert.equal(from, count);
    const text = JSON.stringify(embedding);
    if (count < PERIOD) embeddings.push(text);
    else assert.equal(text, embeddings[count % PERIOD], `second ${count}`);
    if (count === SECONDS / 6) early = memory();
    if (count === SECONDS - PERIOD) late = memory();
    count++;
    if (count % PAUSE.lines === 0) await new Promise((resolve) => setTimeout(resolve, PAUSE.milliseconds));
  }
  await writing;
  assert.equal(await ended, 0);
  assert.equal(count, SECONDS);
  const speed = (1000 * SECONDS) / (performance.now() - begin);
  t.diagnostic(`${(early / 1e6).toFixed(0)} MB after ten minutes, ${(late / 1e6).toFixed(0)} MB at the end`);
  t.diagnostic(`${speed.toFixed(0)} times as fast as it would be heard`);
  assert.ok(late - early < MOST_GROWTH, `${early} ${late}`);
});
