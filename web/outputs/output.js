/**
 * Where text goes: it only ever grows.
 *
 * @typedef {object} TextOutput
 * @property {(bytes: Uint8Array) => Promise<void>} append bytes that must not change afterwards
 */

/**
 * Where a binary format goes, which writes its headers when everything behind them is there.
 *
 * @typedef {object} RandomAccess
 * @property {number} position bytes appended so far
 * @property {(bytes: Uint8Array, position: number) => Promise<void>} overwrite writes over what was appended
 * @property {(start: number, end: number) => AsyncIterable<Uint8Array>} read reads what was appended
 */

/** @typedef {TextOutput & RandomAccess} Output a file, or memory */
export {};
