import type { WasmSource } from '../platform/byte_source.js';

/** What a bundler or host makes of the file where a program imports it, such as its URL or the compiled module: the option 'wasm' takes all of it. */
declare const file: WasmSource;
export default file;
