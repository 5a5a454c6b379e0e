/** The script's URL, where a bundler is told to give that (Vite: `?url`). */
declare const url: string;
export default url;
