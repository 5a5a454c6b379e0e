/**
 * How far a long operation has come.
 *
 * @typedef {object} Progress
 * @property {'load' | 'convert' | 'embed'} stage what is done at the moment
 * @property {number} done bytes of the model ('load'), of the unpacked model ('convert'), samples of the audio, or bytes
 *   of its file ('embed')
 * @property {number | undefined} total the same at the end; undefined where nobody knows it yet
 */

/**
 * What can be said of a long operation while it runs.
 *
 * @typedef {object} TransferOptions
 * @property {(progress: Progress) => void} [onProgress] called whenever a piece of the work is done
 * @property {AbortSignal} [signal] ends it with the error `aborted`
 */
export {};
