import { EdgeL3Error } from 'edgel3';
import { createButton, find } from './dom.js';

/**
 * What a visitor can do about an error; the library's own sentence is for developers.
 *
 * @type {Partial<Record<import('edgel3').ErrorCode, string>>}
 */
const ADVICE = {
  microphone_denied:
    'The browser does not let this page listen. Allow the microphone beside the address, then start again. The sounds of this page work without.',
  microphone_missing:
    'There is no microphone that can be used. Plug one in, or choose another one in the settings. The sounds of this page work without.',
  microphone_ended: 'The microphone has gone, or this device is too slow to follow. Start again.',
  audio_too_short: 'This sound is too short.',
  audio_empty: 'There is no sound in it.',
  model_invalid: 'This is no model file, or it is damaged.',
  wasm_unavailable: 'This browser is too old for WebAssembly with SIMD.',
  out_of_memory: 'The memory of this device does not suffice.',
};

/** What the library says of its options: the page asks for them in its own words. */
const ABOUT_OPTIONS = / Say it by .*$/s;

/** Milliseconds after which news are old. Errors stay until something else is done. */
const LIFETIME = 30_000;

/**
 * @param {unknown} error
 * @returns {string | undefined} what to tell the visitor; nothing of what he ended himself
 */
export function describeError(error) {
  const code = error instanceof EdgeL3Error ? error.code : undefined;
  if (code === 'aborted' || code === 'closed') return undefined;
  console.error(error);
  const advice = (code && ADVICE[code]) ?? /** @type {Error} */ (error).message.replace(ABOUT_OPTIONS, '');
  return code ? `${advice} (${code})` : advice;
}

/** The place of one view where it tells what happened. */
export class Messages {
  #place;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} id of a paragraph */
  constructor(id) {
    this.#place = find(id, HTMLParagraphElement);
  }

  /**
   * @param {string} text
   * @param {{ action?: string, onAction?: () => void }} [options] a button behind it
   */
  say(text, { action, onAction } = {}) {
    this.#show(text);
    if (action && onAction) {
      this.#place.append(
        ' ',
        createButton(action, () => {
          this.clear();
          onAction();
        }),
      );
    }
    this.#timer = setTimeout(() => this.clear(), LIFETIME);
  }

  /**
   * @param {unknown} error
   * @param {string} [about] the name of a file
   */
  sayError(error, about) {
    const text = describeError(error);
    if (text !== undefined) this.#show(about ? `${about}: ${text}` : text);
  }

  clear() {
    this.#show('');
  }

  /** @param {string} text */
  #show(text) {
    clearTimeout(this.#timer);
    this.#place.textContent = text;
    this.#place.hidden = text === '';
  }
}
