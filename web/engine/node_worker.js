// What a worker of Node runs; worker.js is a page's.
import { parentPort } from 'node:worker_threads';
import { createService } from './worker_service.js';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
port.on(
  'message',
  createService((reply, transfer) => port.postMessage(reply, transfer)),
);
