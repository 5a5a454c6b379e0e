// Three engines behind one small interface. What is not installed is skipped, visibly.
import { existsSync } from 'node:fs';
import { chromium, firefox } from 'playwright-core';
import { withinLimit } from './crashes.js';
import { launchWebKit } from './webkit.js';

/**
 * @typedef {object} Tab
 * @property {<A, R>(f: (argument: A) => R, argument?: A) => Promise<Awaited<R>>} evaluate runs a function in the page
 * @property {(selector: string) => Promise<unknown>} click as a user does, whom the page may then believe
 * @property {(selector: string) => Promise<unknown>} hover moves the pointer there
 * @property {(selector: string, paths: string[]) => Promise<unknown>} setFiles of an `<input type="file">`
 * @property {() => Promise<unknown>} reload
 * @property {(width: number, height: number) => Promise<void>} resize
 * @property {(path: string) => Promise<unknown>} screenshot as PNG
 * @property {() => Promise<unknown>} close
 */

/** @typedef {{ open: (url: string) => Promise<Tab>, close: () => Promise<void> }} Browser */

/**
 * @typedef {object} LaunchOptions
 * @property {boolean} [simd] false: an engine without SIMD, where it can be switched off
 * @property {string} [wav] what Chromium's microphone hears
 * @property {boolean} [dark] whether pages shall be dark, where that can be chosen
 */

/** @typedef {{ missing: string | false, canLackSimd: boolean, canBeDark: boolean, launch: (options?: LaunchOptions) => Promise<Browser> }} Engine */

/** @param {string[]} files */
function missing(...files) {
  const file = files.find((path) => !existsSync(path));
  return file !== undefined && `there is no ${file}`;
}

/** @type {Record<string, Engine>} */
const allEngines = {
  Chromium: {
    missing: missing('/usr/bin/chromium'),
    canLackSimd: true,
    canBeDark: true,
    async launch({ simd = true, dark = false, wav } = {}) {
      const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--no-first-run',
          '--disable-background-networking',
          '--autoplay-policy=no-user-gesture-required',
          '--use-fake-ui-for-media-stream',
          '--use-fake-device-for-media-stream',
          ...(wav ? [`--use-file-for-fake-audio-capture=${wav}`] : []),
          ...(simd ? [] : ['--js-flags=--no-enable-sse4-1']),
        ],
      });
      return wrap(browser, dark);
    },
  },
  Firefox: {
    missing: missing('/usr/bin/firefox-esr'),
    canLackSimd: false,
    canBeDark: true,
    async launch({ dark = false } = {}) {
      const browser = await firefox.launch({
        channel: 'moz-firefox',
        executablePath: '/usr/bin/firefox-esr',
        firefoxUserPrefs: {
          // Without a sound card a live AudioContext runs all the same.
          'media.cubeb.force_mock_context': true,
          'media.autoplay.default': 0,
          'media.autoplay.blocking_policy': 0,
          'media.navigator.permission.disabled': true,
          'media.navigator.streams.fake': true,
          // 0: dark, 1: light.
          'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
        },
      });
      return wrap(browser, dark);
    },
  },
  WebKit: {
    missing: missing('/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'),
    canLackSimd: true,
    canBeDark: false,
    launch: ({ simd = true } = {}) => launchWebKit(simd ? {} : { JSC_useWasmSIMD: '0' }),
  },
};

/** Those that EDGEL3_BROWSERS names, or all. */
export const engines = Object.fromEntries(
  Object.entries(allEngines).filter(([name]) =>
    (process.env.EDGEL3_BROWSERS ?? name).split(' ').includes(name),
  ),
);

/** @param {import('playwright-core').Browser} browser @param {boolean} [dark] @returns {Browser} */
function wrap(browser, dark = false) {
  return {
    async open(url) {
      const page = await browser.newPage({ colorScheme: dark ? 'dark' : 'light' });
      page.setDefaultTimeout(0);
      await page.goto(url);
      return {
        evaluate: (f, argument) =>
          withinLimit(page.evaluate(/** @type {any} */ (f), argument), String(f).slice(0, 200)),
        click: (selector) => page.click(selector),
        hover: (selector) => page.hover(selector),
        setFiles: (selector, paths) => page.setInputFiles(selector, paths),
        reload: () => page.reload(),
        resize: (width, height) => page.setViewportSize({ width, height }),
        screenshot: (path) => page.screenshot({ path }),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}
