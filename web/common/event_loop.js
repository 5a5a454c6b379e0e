/**
 * Gives the event loop its turn: messages, aborts, and in a page its own events. By setTimeout
 * only where there is nothing else: pages delay it by 4 ms once it is nested.
 *
 * @returns {Promise<void>}
 */
export function yieldToEventLoop() {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      try {
        setImmediate(resolve);
        return;
      } catch {
        // Some edge runtimes have it only to say that they have not.
      }
    }
    if (typeof MessageChannel !== 'function') {
      setTimeout(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
