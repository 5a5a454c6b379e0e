// All of index.js with the module and the built-in model inside, for pages that cannot host a file beside their script.
export * from './index.js';
