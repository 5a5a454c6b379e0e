// What the tests of the demo page do with it and see of it.

import { goldenModelPath } from '../support/model_files.js';
import { withinLimit } from './crashes.js';

/** @import { Tab } from './browsers.js' */

/**
 * Waits until something holds in the page.
 *
 * @template A
 * @param {Tab} tab
 * @param {(argument: A) => unknown} condition
 * @param {A} [argument]
 */
export async function until(tab, condition, argument) {
  let waits = true;
  const wait = async () => {
    while (waits && !(await tab.evaluate(condition, argument))) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await withinLimit(wait(), String(condition)).finally(() => {
    waits = false;
  });
}

/** The text of an element. @param {Tab} tab @param {string} selector */
export const textOf = (tab, selector) =>
  tab.evaluate((selector) => document.querySelector(selector)?.textContent ?? '', selector);

/** Keeps what the page lets its visitor save, and its name. @param {Tab} tab */
export const watchDownloads = (tab) =>
  tab.evaluate(() => {
    const { createObjectURL } = URL;
    URL.createObjectURL = (content) => {
      Object.assign(globalThis, { saved: content });
      return createObjectURL(content);
    };
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      Object.assign(globalThis, { savedName: this.download });
      return click.call(this);
    };
  });

/** The name of what was saved last. @param {Tab} tab */
export const savedName = (tab) => tab.evaluate(() => Reflect.get(globalThis, 'savedName'));

/** What was saved last. @param {Tab} tab */
export const savedBytes = async (tab) => {
  const base64 = await tab.evaluate(async () => {
    const bytes = new Uint8Array(await Reflect.get(globalThis, 'saved').arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
};

/**
 * Drops a file on the page.
 *
 * @param {Tab} tab
 * @param {string | { text: string }} content the path of a file of the server's, or what is in it
 * @param {string} name
 */
export const drop = (tab, content, name) =>
  tab.evaluate(
    async ({ content, name }) => {
      const part = typeof content === 'string' ? await (await fetch(content)).arrayBuffer() : content.text;
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([part], name));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    { content, name },
  );

/** How many colours a canvas shows. @param {Tab} tab @param {string} id */
export const coloursOf = (tab, id) =>
  tab.evaluate((id) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById(id));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, id);

/**
 * Gives the page EdgeL3's SEA-128 with other weights, and says what it is: its file does not tell.
 *
 * @param {Tab} tab
 */
export async function useSea128(tab) {
  await tab.setFiles('#model-input', [goldenModelPath('sea128')]);
  await until(tab, () => document.getElementById('model-question')?.hidden === false);
  await tab.evaluate(() => {
    const kind = /** @type {HTMLSelectElement} */ (document.getElementById('model-kind'));
    kind.value = 'sea';
    document.getElementById('model-choose')?.click();
  });
  await until(tab, () => document.querySelector('#model dd')?.textContent === 'synthetic_sea128');
}

/** What the microphone of the page is from now on: 'sample', 'silence', or the name of an error. @param {Tab} tab @param {string} kind @param {number} [sampleRate] */
export const replaceMicrophone = (tab, kind, sampleRate = 44_100) =>
  tab.evaluate(
    async ({ kind, sampleRate }) => {
      navigator.mediaDevices.getUserMedia = async () => {
        if (kind.endsWith('Error')) throw new DOMException('as the test wants it', kind);
        const context = new AudioContext({ sampleRate });
        await context.resume();
        const bytes = await (await fetch('sample.wav')).arrayBuffer();
        const buffer = await context.decodeAudioData(bytes);
        const source = new AudioBufferSourceNode(context, { buffer, loop: true });
        const destination = new MediaStreamAudioDestinationNode(context);
        if (kind === 'sample') source.connect(destination);
        source.start();
        const [track] = destination.stream.getAudioTracks();
        track.getSettings = () => ({ sampleRate });
        // Firefox hands a track no event that a page has made.
        track.addEventListener = (/** @type {string} */ type, /** @type {any} */ listener) => {
          if (type === 'ended') Object.assign(globalThis, { unplug: listener });
        };
        // Kept, so that it is not collected.
        Object.assign(globalThis, { microphone: [context, source] });
        return destination.stream;
      };
    },
    { kind, sampleRate },
  );
