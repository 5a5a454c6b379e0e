// What a worker runs, in a page and in Node alike. It is built as one script that imports nothing, so that a copy of it
// is enough, whatever kind of script its host takes it for.
import { createWorkerServer } from './worker_server.js';

/** @import { MessagePort } from 'node:worker_threads' */

/** @type {MessagePort | null | undefined} of Node, and of hosts that do as Node does */
const port = globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort;

if (port) {
  const serve = createWorkerServer((reply, transfer) => port.postMessage(reply, transfer));
  port.on('message', serve);
} else {
  // The types are those of a page, whose postMessage has other arguments.
  const scope = /** @type {Pick<Worker, 'postMessage' | 'onmessage'>} */ (/** @type {unknown} */ (self));
  const serve = createWorkerServer((reply, transfer) => scope.postMessage(reply, transfer));
  scope.onmessage = ({ data }) => serve(data);
}
