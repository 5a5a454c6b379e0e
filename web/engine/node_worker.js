// What a worker of Node runs; worker.js is a page's.
import { parentPort } from 'node:worker_threads';
import { createWorkerServer } from './worker_server.js';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
port.on(
  'message',
  createWorkerServer((reply, transfer) => port.postMessage(reply, transfer)),
);
