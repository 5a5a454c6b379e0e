// A host in which some script has given every object properties, of names that mean something to this library.
const POLLUTION = {
  foo: 'bar',
  // Options.
  center: 'polluted',
  constraints: 'polluted',
  dtype: 'polluted',
  format: 'polluted',
  hopSize: -1,
  metadata: 'polluted',
  modelType: 'polluted',
  onProgress: 'polluted',
  onWarning: 'polluted',
  outputDir: '/polluted',
  retrainType: 'polluted',
  sparsity: -1,
  suffix: 'polluted',
  wasm: '/polluted',
  workers: 7.5,
  // Results, and what files say about themselves.
  license: 'polluted',
  result: 'polluted',
};

Object.assign(Object.prototype, POLLUTION);
// Node's own streams do not work under this one.
if (typeof process === 'undefined') Object.assign(Object.prototype, { error: 'polluted' });
