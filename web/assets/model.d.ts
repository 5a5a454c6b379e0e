import type { ModelSource } from '../embedding/model_source.js';

/** What a bundler or host makes of the file where a program imports it, such as its URL: the option 'source' takes all of it. */
declare const file: ModelSource;
export default file;
