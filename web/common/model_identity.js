/**
 * Which network made an embedding: those of different networks cannot be compared.
 *
 * @typedef {object} ModelIdentity
 * @property {string} name what the model calls itself, or its file's
 * @property {string} sha256 of the bytes of the model file, in hexadecimal digits
 */
export {};
