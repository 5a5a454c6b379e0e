// The package as published, in Node, in one process: it is packed and installed once. Pages: pages.test.js.
import './contents.js';
import './node.js';
import './types.js';
import './docs.js';
import './links.js';
import './shell.js';
