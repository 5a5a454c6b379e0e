import { startWorker } from '#platform';
import { onAbort, throwIfAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { isGivenAway } from '../common/given_away.js';

/** @import { Engine, Method } from './engine.js' */
/** @import { WorkerHandle } from '../platform/browser.js' */
/** @import { Reply } from './worker_server.js' */
/** @typedef {{ resolve: (result: any) => void, reject: (error: EdgeL3Error) => void }} Call */

/** An Engine in a worker of its own. A worker that dies fails all calls that wait for it. */
export class WorkerClient {
  /** @type {WorkerHandle | undefined} */
  #worker;
  #onDeath;
  /** @type {Map<number, Call>} calls that wait for their reply */
  #calls = new Map();
  #nextCall = 0;
  /** @type {EdgeL3Error | undefined} why no call is possible any more */
  #ended;

  /** @param {(error: EdgeL3Error) => void} onDeath */
  constructor(onDeath) {
    this.#onDeath = onDeath;
    try {
      this.#worker = startWorker({
        onMessage: (reply) => this.#receive(/** @type {Reply} */ (reply)),
        onFailure: (reason) => this.#die(reason),
      });
    } catch (cause) {
      this.#ended = failedError(/** @type {Error} */ (cause).message, cause);
    }
  }

  /**
   * @template {Method} M
   * @param {M} method
   * @param {Parameters<Engine[M]>} args typed arrays are copied and stay as they are, but for those given away
   * @param {AbortSignal} [signal]
   * @returns {Promise<Awaited<ReturnType<Engine[M]>>>}
   * @throws {EdgeL3Error} worker_failed, aborted, and what the method throws
   */
  async call(method, args, signal) {
    const worker = this.#worker;
    if (this.#ended || !worker) throw this.#ended;
    throwIfAborted(signal);
    const id = this.#nextCall++;
    const stopListening = onAbort(signal, () => worker.post({ id, cancel: true }, []));
    try {
      return await /** @type {Promise<any>} */ (
        new Promise((resolve, reject) => {
          this.#calls.set(id, { resolve, reject });
          worker.keepAlive(true);
          /** @type {ArrayBuffer[]} */
          const buffers = [];
          worker.post({ id, method, args: toMessage(args, buffers) }, buffers);
        })
      );
    } finally {
      stopListening();
      this.#calls.delete(id);
      worker.keepAlive(this.#calls.size > 0);
    }
  }

  /** @param {EdgeL3Error} error what becomes of the calls that wait, and of later ones */
  close(error) {
    this.#ended ??= error;
    this.#worker?.terminate();
    for (const { reject } of this.#calls.values()) reject(this.#ended);
  }

  /** @param {Reply} reply */
  #receive({ id, result, error }) {
    const call = this.#calls.get(id);
    if (error) call?.reject(new EdgeL3Error(error.code, error.message));
    else call?.resolve(result);
  }

  /** @param {string} reason */
  #die(reason) {
    if (this.#ended) return;
    const error = failedError(reason);
    this.close(error);
    this.#onDeath(error);
  }
}

/**
 * @param {string} reason
 * @param {unknown} [cause]
 */
function failedError(reason, cause) {
  return new EdgeL3Error(
    'worker_failed',
    `A worker of edgel3 could not be started or died: ${reason}. 'workers: 0' needs none.`,
    cause,
  );
}

/**
 * @param {any} value
 * @param {ArrayBuffer[]} buffers receives those to be transferred
 * @returns {any} the same with copies of its typed arrays, where they are not given away: whole, where they are views of a part
 */
function toMessage(value, buffers) {
  if (Array.isArray(value)) return value.map((element) => toMessage(element, buffers));
  if (!ArrayBuffer.isView(value)) return value;
  const samples = /** @type {Float32Array<ArrayBuffer>} */ (value);
  // Of two channels in one buffer, the second is a copy.
  const isOwn = isGivenAway(samples) && !buffers.includes(samples.buffer);
  const sent = isOwn ? samples : samples.slice();
  buffers.push(sent.buffer);
  return sent;
}
