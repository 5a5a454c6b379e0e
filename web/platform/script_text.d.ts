declare module 'script:*' {
  /** The script and all that it imports, as web/build.js makes one script of them that is no module. */
  const text: string;
  export default text;
}
