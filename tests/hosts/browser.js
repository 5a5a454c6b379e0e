import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const EXECUTABLE = '/usr/bin/chromium';

/** Why pages cannot be opened, if so. */
export const missing = !existsSync(EXECUTABLE) && `there is no ${EXECUTABLE}`;

/**
 * Opens a page of one of ../package/apps.js.
 *
 * @param {string} url
 * @returns {Promise<{ result: import('./host.js').Result, warnings: string[], workers: number }>}
 */
export async function openPage(url) {
  const browser = await chromium.launch({
    executablePath: EXECUTABLE,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const tab = await browser.newPage();
    /** @type {string[]} */
    const warnings = [];
    let workers = 0;
    tab.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    tab.on('worker', () => workers++);
    await tab.goto(url);
    await tab.waitForFunction(() => Reflect.has(globalThis, 'result'));
    const result = await tab.evaluate(() => Reflect.get(globalThis, 'result'));
    return { result, warnings, workers };
  } finally {
    await browser.close();
  }
}
