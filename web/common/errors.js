// The C++ core has some of the same codes (src/edgel3/error.h).

/** @typedef {'audio_empty' | 'audio_not_finite' | 'audio_invalid' | 'audio_too_short'} AudioErrorCode A sound cannot be embedded. */
/** @typedef {'sample_rate_invalid' | 'hop_invalid' | 'option_invalid'} OptionErrorCode An argument is not what it must be. */
/** @typedef {'model_invalid' | 'model_unsupported' | 'model_not_found'} ModelErrorCode A model cannot be loaded. */
/** @typedef {'model_mismatch' | 'embedding_invalid' | 'examples_missing'} AnalysisErrorCode Embeddings give no answer. */
/** @typedef {'file_not_found' | 'file_unreadable' | 'file_unsupported' | 'file_damaged' | 'output_unwritable'} FileErrorCode A file cannot be read or written. */
/** @typedef {'wasm_unavailable' | 'worker_failed' | 'out_of_memory' | 'closed' | 'aborted' | 'internal'} StateErrorCode The work could not be begun or ended. */
/** @typedef {'microphone_denied' | 'microphone_missing' | 'microphone_ended'} MicrophoneErrorCode There is no live sound. */

/**
 * Why something failed. The spelling is public and stable.
 *
 * @typedef {AudioErrorCode | OptionErrorCode | ModelErrorCode | AnalysisErrorCode | FileErrorCode | StateErrorCode | MicrophoneErrorCode} ErrorCode
 */

/** Of the errors from all entries of this package: `edgel3/microphone` and `edgel3/inline` have classes of their own. */
const BRAND = Symbol.for('edgel3.EdgeL3Error');

/**
 * Every failure of this library: a stable `code`, and a `message` that says what was wrong and what to do. Whichever
 * entry of this package it comes from, it is an instance of this class.
 */
export class EdgeL3Error extends Error {
  // Fields, since an assignment fails where the host has frozen Error.prototype, which has the name too.
  /** Always 'EdgeL3Error'. */
  name = 'EdgeL3Error';
  /** Why it failed. @type {ErrorCode} */
  code;

  /** @internal */
  get [BRAND]() {
    return true;
  }

  /**
   * @internal
   * @param {unknown} value
   * @returns {boolean}
   */
  static [Symbol.hasInstance](value) {
    return Object(value)[BRAND] === true;
  }

  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {unknown} [cause] the error that led to this one
   */
  constructor(code, message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** A condition that gives numbers, but probably not the numbers, or not as fast, as was meant. */
export class EdgeL3Warning {
  /** What the condition is. @type {'audio_silent' | 'audio_short' | 'workers_unavailable'} */
  code;
  /** What it is in words, and what to do. @type {string} */
  message;

  /**
   * @param {'audio_silent' | 'audio_short' | 'workers_unavailable'} code
   * @param {string} message
   */
  constructor(code, message) {
    this.code = code;
    this.message = message;
  }
}

/** What use after close() throws. */
export function closedError() {
  return new EdgeL3Error('closed', 'This model has been closed; load it again to use it.');
}

/**
 * @param {string} reason
 * @param {unknown} [cause]
 */
export function unavailableError(reason, cause) {
  return new EdgeL3Error('wasm_unavailable', `The WebAssembly module of edgel3 ${reason}.`, cause);
}
