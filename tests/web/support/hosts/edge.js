// An edge runtime: no workers, no channels for messages, no address, and a setImmediate that only says that there is none.
globalThis.setImmediate = /** @type {any} */ (
  () => {
    throw new Error('setImmediate is not implemented');
  }
);
for (const name of ['MessageChannel', 'Worker', 'location', 'navigator'])
  Reflect.deleteProperty(globalThis, name);
