import { EdgeL3Error } from '../common/errors.js';
import { Engine } from './engine.js';

/** @import { Method } from './engine.js' */
/** @typedef {{ id: number, method: Method, args: any[] } | { id: number, cancel: true }} Request */
/** @typedef {{ code: import('../common/errors.js').ErrorCode, message: string }} Failure */
/** @typedef {{ id: number, result?: any, error?: Failure }} Reply */

/**
 * The worker's side of WorkerClient: one Engine that does what messages say.
 *
 * @param {(reply: Reply, transfer: ArrayBuffer[]) => void} post
 * @returns {(request: Request) => Promise<void>} to be given every message
 */
export function createWorkerServer(post) {
  const engine = new Engine();
  /** @type {Map<number, AbortController>} of the calls at work */
  const running = new Map();
  return async (request) => {
    const { id } = request;
    if ('cancel' in request) {
      running.get(id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const args = /** @type {any} */ (request.args);
      const result = await engine.call(request.method, args, controller.signal);
      // Both always, for the page's objects may have inherited some `error`.
      post({ id, result, error: undefined }, buffersOf(result));
    } catch (error) {
      post({ id, result: undefined, error: toFailure(error) }, []);
    } finally {
      running.delete(id);
    }
  };
}

/**
 * @param {any} result
 * @returns {ArrayBuffer[]} of the typed arrays in it, to be transferred
 */
function buffersOf(result) {
  const values = ArrayBuffer.isView(result) ? [result] : Object.values(result ?? {});
  return values.filter((value) => ArrayBuffer.isView(value)).map(({ buffer }) => /** @type {any} */ (buffer));
}

/**
 * @param {unknown} error
 * @returns {Failure}
 */
function toFailure(error) {
  if (error instanceof EdgeL3Error) return { code: error.code, message: error.message };
  const { stack } = /** @type {Error} */ (error);
  return { code: 'internal', message: `The worker failed (${stack}); please report it with what led to it.` };
}
