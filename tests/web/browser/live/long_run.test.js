// The live view for as long as one likes: `EDGEL3_LIVE_SECONDS=600 node --test tests/web/browser/live/long_run.test.js`.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { RATE, recording } from '../../support/recording.js';
import { int16, wavFile } from '../../support/wav_file.js';
import { engines } from '../browsers.js';
import { serve } from '../static_server.js';

const SECONDS = Number(process.env.EDGEL3_LIVE_SECONDS ?? 20);

/** Seconds after which everything is compiled and every buffer is full. */
const WARM_UP = 12;

/** How often the heap is looked at. */
const PARTS = 10;

/** Bytes by which the page's heap may differ from one look to the next. */
const HEAP_TOLERANCE = 1_000_000;

/** Seconds of sound that may be under way when the numbers are read: a centred window, a hop, and a look at them. */
const UNDER_WAY = 0.5 + 0.1 + 1;

test(`${SECONDS} s of live sound at a hop of 0.1 s: no window is missing, and nothing grows`, {
  skip: engines.Chromium.missing,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
  const wav = join(folder, 'recording.wav');
  writeFileSync(wav, wavFile({ data: int16(Array.from(recording)), sampleRate: RATE }));
  const server = await serve(new URL('../../../../build/demo/', import.meta.url), { pathOfPage: '/none' });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${wav}`,
    ],
  });
  t.after(async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  });
  const page = await browser.newPage();
  await page.goto(`${server.url}/index.html#/live`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');

  /** What the page holds, garbage left out. */
  async function measure() {
    await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const numberOf = (/** @type {string} */ name) =>
      metrics.find((metric) => metric.name === name)?.value ?? 0;
    return {
      heap: numberOf('JSHeapUsedSize'),
      nodes: numberOf('Nodes'),
      listeners: numberOf('JSEventListeners'),
    };
  }
  const read = async (/** @type {string} */ name) =>
    Number.parseFloat((await page.locator(`#live-${name}`).textContent()) ?? '');
  const untilHeard = async (/** @type {number} */ seconds) => {
    while (!((await read('heard')) >= seconds)) await page.waitForTimeout(500);
  };

  await page.click('#live-start');
  await untilHeard(WARM_UP);
  const before = await measure();
  const heaps = [before.heap];
  for (let part = 1; part <= PARTS; part++) {
    await untilHeard(WARM_UP + (part / PARTS) * SECONDS);
    heaps.push((await measure()).heap);
  }
  const after = await measure();
  const [heard, windows, dropped] = [await read('heard'), await read('windows'), await read('dropped')];
  t.diagnostic(
    `${heard} s heard, ${windows} windows, ${dropped} s dropped, ${await read('time')} ms per window`,
  );
  t.diagnostic(`heap, in bytes: ${heaps.join(', ')}`);
  assert.ok(windows >= (heard - UNDER_WAY) / 0.1, `${windows} windows in ${heard} s`);
  assert.ok(after.heap - before.heap < HEAP_TOLERANCE, `${after.heap - before.heap} bytes more`);
  assert.ok(after.nodes <= before.nodes, `${after.nodes - before.nodes} nodes more`);
  assert.ok(after.listeners <= before.listeners, `${after.listeners - before.listeners} listeners more`);
  assert.equal(await page.locator('#message').isHidden(), true);
});
