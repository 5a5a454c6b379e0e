// A host that has frozen all that JavaScript comes with, so that nobody can tamper with it.
const seen = new Set();

/** @param {unknown} value */
function freeze(value) {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (!isObject || seen.has(value)) return;
  seen.add(value);
  freeze(Object.getPrototypeOf(value));
  for (const property of Object.values(Object.getOwnPropertyDescriptors(value))) {
    for (const part of [property.value, property.get, property.set]) freeze(part);
  }
  Object.freeze(value);
}

const NAMES = [
  'Object',
  'Function',
  'Array',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'Promise',
  'Symbol',
  'Proxy',
  'Reflect',
  'JSON',
  'Math',
  'Number',
  'BigInt',
  'Boolean',
  'String',
  'RegExp',
  'Date',
  'Error',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'AggregateError',
  'FinalizationRegistry',
  'ArrayBuffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'Uint8ClampedArray',
  'Atomics',
  'WebAssembly',
];
for (const name of NAMES) freeze(Reflect.get(globalThis, name));
freeze(async function* () {});
freeze(function* () {});
freeze(async () => {});
