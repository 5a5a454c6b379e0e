import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { assertHears, hearRecording, RATE, recording } from '../../support/recording.js';
import { int16, wavFile } from '../../support/wav_file.js';
import { againAfterCrash } from '../crashes.js';
import { serve } from '../static_server.js';

const EXECUTABLE = '/usr/bin/chromium';
const root = new URL('../../../../', import.meta.url);
const page = '/page';

describe('the microphone in Chromium', {
  skip: !existsSync(EXECUTABLE) && `there is no ${EXECUTABLE}`,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
  const wav = join(folder, 'recording.wav');
  writeFileSync(wav, wavFile({ data: int16(Array.from(recording)), sampleRate: RATE }));
  const device = ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${wav}`];
  const consent = '--use-fake-ui-for-media-stream';
  /** @type {import('playwright-core').Browser} */
  let browser;
  const launch = (/** @type {string[]} */ ...flags) => {
    const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
    return chromium.launch({ executablePath: EXECUTABLE, headless: true, args: [...args, ...flags] });
  };
  before(async () => {
    browser = await launch(...device, consent, '--autoplay-policy=no-user-gesture-required');
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /**
   * @param {import('node:test').TestContext} t
   * @param {{ browser?: import('playwright-core').Browser, server?: object }} [options]
   */
  async function open(t, { browser: ofBrowser = browser, server: options } = {}) {
    const server = await serve(root, { pathOfPage: page, ...options });
    const tab = await ofBrowser.newPage();
    t.after(async () => {
      await tab.close();
      server.close();
    });
    await tab.goto(server.url + page);
    return tab;
  }

  /** The code with which opening fails. @param {import('playwright-core').Page} tab @param {object} [options] */
  const codeOf = (tab, options = {}) =>
    tab.evaluate(async (options) => {
      const { openMicrophone } = await import(/** @type {string} */ ('/dist/microphone.js'));
      return openMicrophone(options).then(
        async (/** @type {any} */ microphone) => {
          const { value } = await microphone.readable.getReader().read();
          await microphone.close();
          return value.length > 0;
        },
        (/** @type {any} */ { code }) => code,
      );
    }, options);

  test(
    'what it hears has the embeddings of what was played',
    againAfterCrash(async (t) => {
      const tab = await open(t);
      await assertHears(t, await tab.evaluate(hearRecording, undefined));
    }),
  );

  test(
    'it stops: the stream ends, and its tracks; those of the caller go on',
    againAfterCrash(async (t) => {
      const tab = await open(t);
      const result = await tab.evaluate(async () => {
        const { openMicrophone } = await import(/** @type {string} */ ('/dist/microphone.js'));
        const asked = /** @type {MediaStream[]} */ ([]);
        const devices = navigator.mediaDevices;
        const getUserMedia = devices.getUserMedia.bind(devices);
        devices.getUserMedia = async (constraints) => {
          const stream = await getUserMedia(constraints);
          asked.push(stream);
          return stream;
        };
        const stateOf = (/** @type {MediaStream} */ stream) => stream.getAudioTracks()[0].readyState;

        const own = await openMicrophone();
        const settings = asked[0].getAudioTracks()[0].getSettings();
        const reader = own.readable.getReader();
        const first = await reader.read();
        await Promise.all([own.close(), own.close()]);
        let last = await reader.read();
        while (!last.done) last = await reader.read();

        const cancelled = await openMicrophone();
        await cancelled.readable.cancel();

        const mediaStream = await getUserMedia({ audio: true });
        const given = await openMicrophone({ mediaStream });
        await given.close();
        const afterClose = stateOf(mediaStream);

        const unplugged = await openMicrophone({ mediaStream });
        const pending = unplugged.readable
          .pipeTo(new WritableStream())
          .catch((/** @type {any} */ e) => e.code);
        mediaStream.getAudioTracks()[0].dispatchEvent(new Event('ended'));

        const controller = new AbortController();
        const aborted = await openMicrophone({ mediaStream, signal: controller.signal });
        const failing = aborted.readable.pipeTo(new WritableStream()).catch((/** @type {any} */ e) => e.code);
        controller.abort();
        return {
          settings: [settings.echoCancellation, settings.noiseSuppression, settings.autoGainControl],
          first: first.value instanceof Float32Array,
          states: [...asked.map(stateOf), afterClose],
          codes: [await pending, await failing],
        };
      });
      assert.deepEqual(result, {
        settings: [false, false, false],
        first: true,
        states: ['ended', 'ended', 'live'],
        codes: ['microphone_ended', 'aborted'],
      });
    }),
  );

  test(
    'refusal, no device and no audio are told apart',
    againAfterCrash(async (t) => {
      const refusing = await launch(...device);
      const deaf = await launch();
      t.after(() => Promise.all([refusing.close(), deaf.close()]));
      assert.equal(await codeOf(await open(t, { browser: refusing })), 'microphone_denied');
      assert.equal(await codeOf(await open(t, { browser: deaf })), 'microphone_missing');
      const tab = await open(t);
      assert.equal(await codeOf(tab, { constraints: { deviceId: { exact: 'none' } } }), 'microphone_missing');
      const codes = await tab.evaluate(async () => {
        const { openMicrophone } = await import(/** @type {string} */ ('/dist/microphone.js'));
        const failing = [{ mediaStream: new MediaStream() }, { signal: AbortSignal.abort() }].map((options) =>
          openMicrophone(options).catch((/** @type {any} */ { code }) => code),
        );
        return Promise.all(failing);
      });
      assert.deepEqual(codes, ['microphone_missing', 'aborted']);
    }),
  );

  test(
    'the worklet comes from its file, from a URL, or from inside the module',
    againAfterCrash(async (t) => {
      const tab = await open(t);
      assert.equal(await codeOf(tab), true);
      const server = { answerWithPage: /worklet/ };
      const bare = await open(t, { server });
      assert.equal(await codeOf(bare), 'worker_failed', 'a Blob is not allowed by the policy');
      assert.equal(await codeOf(bare, { workletUrl: '/nothing.js' }), 'worker_failed');
      const contentSecurityPolicy = "default-src 'none'; script-src 'self' blob:";
      assert.equal(await codeOf(await open(t, { server: { ...server, contentSecurityPolicy } })), true);
      assert.equal(await codeOf(tab, { workletUrl: '../dist/edgel3-microphone-worklet.js' }), true);
    }),
  );
});
