// WebKit by its own driver and W3C WebDriver, since no package drives Debian's build of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { findPort } from '../support/free_port.js';

const SCREEN = '1400x1000x24';

/** Milliseconds; a test may have much to compute on a busy machine. */
const TIMEOUT = 600_000;

/** Milliseconds between two looks at whether the page still is there. */
const LOOK_EVERY = 2000;

/** Milliseconds in which an engine starts, which takes less than one second where nothing else runs. */
const START_LIMIT = 60_000;

/** What WebDriver calls a reference to an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * @param {Record<string, string>} env switches of the engine
 * @returns {Promise<import('./browsers.js').Browser>}
 */
export async function launchWebKit(env) {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [display] = await once(/** @type {import('node:stream').Readable} */ (screen.stdio[3]), 'data');
  const start = () => startDriver({ ...env, DISPLAY: `:${String(display).trim()}` });
  let driver = await start();
  const stop = () => {
    driver.stop();
    screen.kill();
  };
  process.once('exit', stop);
  return {
    async open(url) {
      try {
        return await openTab(driver.call, url);
      } catch (error) {
        if (/** @type {Error} */ (error).name !== 'TimeoutError') throw error;
        // An engine that crashed while it started: the driver waits for it for ever.
        driver.stop();
        driver = await start();
        return openTab(driver.call, url);
      }
    },
    async close() {
      process.removeListener('exit', stop);
      stop();
    },
  };
}

/** @param {Record<string, string>} env */
async function startDriver(env) {
  const port = await findPort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      // Without a graphics card it paints in software all the same, but in Mesa, which now and then crashes the page.
      WEBKIT_SKIA_ENABLE_CPU_RENDERING: '1',
      ...env,
    },
  });
  const call = createCall(`http://127.0.0.1:${port}`);
  await untilReady(call);
  return { call, stop: () => driver.kill() };
}

/** @typedef {(method: string, path: string, body?: object) => Promise<any>} Call */

/** @param {string} base @returns {Call} */
function createCall(base) {
  return async (method, path, body = {}) => {
    const controller = new AbortController();
    // The driver does not answer every command whose engine crashed meanwhile.
    const watch = setInterval(async () => {
      if (!path.startsWith('/session/') || !(await isWithoutSession(base))) return;
      controller.abort(new Error(`page crash or hang: no answer to ${path}`));
    }, LOOK_EVERY);
    try {
      const response = await fetch(base + path, {
        method,
        headers: { 'content-type': 'application/json' },
        signal: path === '/session' ? AbortSignal.timeout(START_LIMIT) : controller.signal,
        ...(method === 'POST' && { body: JSON.stringify(body) }),
      });
      const { value } = /** @type {any} */ (await response.json());
      if (!response.ok) throw new Error(`${path}: ${value?.error}: ${value?.message}`);
      return value;
    } finally {
      clearInterval(watch);
    }
  };
}

/** Whether a driver would begin a session, which it would not while it has one. @param {string} base */
const isWithoutSession = (base) =>
  fetch(`${base}/status`).then(
    async (response) => /** @type {any} */ (await response.json()).value.ready,
    () => false,
  );

/** @param {Call} call */
async function untilReady(call) {
  for (;;) {
    const status = await call('GET', '/status').catch(() => undefined);
    if (status) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * A tab is a session with a window of its own.
 *
 * @param {Call} call
 * @param {string} url
 * @returns {Promise<import('./browsers.js').Tab>}
 */
async function openTab(call, url) {
  const { sessionId } = await call('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        'webkitgtk:browserOptions': {
          args: ['--automation', '--autoplay-policy=allow', '--enable-mock-capture-devices=true'],
        },
      },
    },
  });
  const session = `/session/${sessionId}`;
  /** @param {string} selector */
  const find = async (selector) =>
    Object.values(await call('POST', `${session}/element`, { using: 'css selector', value: selector }))[0];
  await call('POST', `${session}/timeouts`, { script: TIMEOUT, pageLoad: TIMEOUT });
  await call('POST', `${session}/url`, { url });
  return {
    async evaluate(f, argument) {
      const script = `const done = arguments[arguments.length - 1];
        Promise.resolve(arguments[0]).then(${f}).then((value) => done({ value, error: '' }), (error) => done({ error: String(error?.stack ?? error) }));`;
      const { value, error } = await call('POST', `${session}/execute/async`, {
        args: [argument ?? null],
        script,
      });
      if (error) throw new Error(error);
      return value;
    },
    click: async (selector) => call('POST', `${session}/element/${await find(selector)}/click`),
    hover: async (selector) => {
      const origin = { [ELEMENT]: await find(selector) };
      const move = { type: 'pointerMove', duration: 0, x: 0, y: 0, origin };
      const pointer = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [move] };
      return call('POST', `${session}/actions`, { actions: [pointer] });
    },
    setFiles: async (selector, paths) =>
      call('POST', `${session}/element/${await find(selector)}/value`, { text: paths.join('\n') }),
    reload: () => call('POST', `${session}/refresh`),
    async resize(width, height) {
      await call('POST', `${session}/window/rect`, { width, height });
    },
    async screenshot(path) {
      writeFileSync(path, Buffer.from(await call('GET', `${session}/screenshot`), 'base64'));
    },
    // A page that has crashed is gone already.
    close: () => call('DELETE', session).catch(() => {}),
  };
}
