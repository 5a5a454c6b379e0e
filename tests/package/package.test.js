// Everything about the package as published, in one process: it is packed and installed once.
import './contents.js';
import './node.js';
import './types.js';
import './docs.js';
import './shell.js';
import './pages.js';
