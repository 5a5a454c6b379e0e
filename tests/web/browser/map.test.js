// The page that `edgel3 map` writes, opened as a file: names where the pointer is, sound where it clicks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makeFolder, run } from '../support/command_line.js';
import { againAfterCrash } from './crashes.js';
import { textOf, until } from './demo_page.js';
import { inEachEngine } from './in_each_engine.js';

const examples = fileURLToPath(new URL('../../../examples/sounds', import.meta.url));
const folder = makeFolder();
const page = join(folder, 'map.html');

before(async () => {
  const { code, stderr } = await run(folder, ['map', '-r', examples, '-o', page]);
  assert.deepEqual([code, stderr], [0, '']);
});

inEachEngine(({ open }) => {
  for (const [screen, width, height] of /** @type {const} */ ([
    ['a desk', 1280, 800],
    ['a phone', 390, 780],
  ])) {
    test(
      `on ${screen}: a point for each sound, all of them on the screen`,
      againAfterCrash(async (t) => {
        const tab = await open(t, pathToFileURL(page).href);
        await tab.resize(width, height);
        const { points, overflow } = await tab.evaluate(() => ({
          points: [...document.querySelectorAll('circle')].map((circle) => {
            const { left, right, top, bottom } = circle.getBoundingClientRect();
            const [x, y] = [(left + right) / 2, (top + bottom) / 2];
            // A finger is no mouse.
            const isLarge = [-11, 11].every((step) => document.elementFromPoint(x, y + step) === circle);
            return isLarge && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
          }),
          overflow:
            document.documentElement.scrollWidth > innerWidth || document.body.scrollHeight > innerHeight,
        }));
        assert.deepEqual(points, Array(7).fill(true));
        assert.equal(overflow, false);
      }),
    );
  }

  test(
    'the pointer shows the name, a click plays the sound',
    againAfterCrash(async (t) => {
      const tab = await open(t, pathToFileURL(page).href);
      await tab.evaluate(() => {
        const { play } = HTMLMediaElement.prototype;
        HTMLMediaElement.prototype.play = function () {
          Object.assign(globalThis, { heard: this });
          return play.call(this);
        };
      });
      const sounds = JSON.parse(
        /** @type {RegExpExecArray} */ (/id="sounds">(.*?)<\/script>/s.exec(readFileSync(page, 'utf8')))[1],
      );
      for (const number of [2, 5]) {
        const { path, clip } = sounds[number - 1];
        const point = `circle:nth-of-type(${number})`;
        await tab.hover(point);
        assert.equal(await textOf(tab, '#name'), path);
        await tab.click(point);
        await until(tab, () => Reflect.get(globalThis, 'heard')?.currentTime > 0);
        const [source, seconds] = await tab.evaluate(() => {
          const { src, duration } = Reflect.get(globalThis, 'heard');
          return [src, duration];
        });
        assert.equal(source, `data:audio/wav;base64,${clip}`);
        assert.ok(Math.abs(seconds - 2) < 0.01, String(seconds));
        const marked = await tab.evaluate(() => document.querySelectorAll('.heard').length);
        assert.equal(marked, 1);
      }
    }),
  );
});
