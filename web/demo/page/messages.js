import { EdgeL3Error } from 'edgel3';
import { find } from './dom.js';

/**
 * What a visitor can do about an error; the library's own sentence is for developers.
 *
 * @type {Partial<Record<import('edgel3').ErrorCode, string>>}
 */
const ADVICE = {
  microphone_denied:
    'The browser does not let this page listen. Allow the microphone beside the address, then start again. The sample works without.',
  microphone_missing:
    'There is no microphone that can be used. Plug one in, or choose another one in the settings. The sample works without.',
  microphone_ended: 'The microphone has gone, or this device is too slow to follow. Start again.',
  audio_too_short: 'This sound is too short.',
  audio_empty: 'There is no sound in it.',
  model_invalid: 'This is no model file, or it is damaged.',
  model_unsupported: "This file holds another network than EdgeL3's.",
  wasm_unavailable: 'This browser is too old for WebAssembly with SIMD.',
  out_of_memory: 'The memory of this device does not suffice.',
};

/** @param {string} text shown until the next one */
export function say(text) {
  const message = find('message', HTMLParagraphElement);
  message.textContent = text;
  message.hidden = text === '';
}

/** @param {unknown} error */
export function sayError(error) {
  const code = error instanceof EdgeL3Error ? error.code : undefined;
  if (code === 'aborted' || code === 'closed') return;
  const { message } = /** @type {Error} */ (error);
  say((code && ADVICE[code]) ?? message);
  console.error(error);
}
