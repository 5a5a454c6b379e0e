// What web/build.js makes of these files inside dist/inline.js.

declare module '*.wasm' {
  /** The file, gzipped, in base64. */
  const text: string;
  export default text;
}

declare module '*.safetensors' {
  /** The file with all bytes of even places before those of odd ones, gzipped, in base64. */
  const text: string;
  export default text;
}
