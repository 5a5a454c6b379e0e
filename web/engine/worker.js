// What a worker of a page runs; node_worker.js is Node's.
import { createService } from './worker_service.js';

// The types are those of a page, whose postMessage has other arguments.
const scope = /** @type {Pick<Worker, 'postMessage' | 'onmessage'>} */ (/** @type {unknown} */ (self));
const serve = createService((reply, transfer) => scope.postMessage(reply, transfer));
scope.onmessage = ({ data }) => serve(data);
