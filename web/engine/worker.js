// What a worker of a page runs; node_worker.js is Node's.
import { createWorkerServer } from './worker_server.js';

// The types are those of a page, whose postMessage has other arguments.
const scope = /** @type {Pick<Worker, 'postMessage' | 'onmessage'>} */ (/** @type {unknown} */ (self));
const serve = createWorkerServer((reply, transfer) => scope.postMessage(reply, transfer));
scope.onmessage = ({ data }) => serve(data);
