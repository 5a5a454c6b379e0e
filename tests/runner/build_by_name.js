/**
 * Makes the library take one build of the module: loaded by `node --import`, with its name in EDGEL3_TEST_BUILD. The
 * baseline build is what it takes where the engine has no relaxed SIMD, so that is what such an engine is made to look
 * like; a module that needs it can be compiled all the same, when a test asks for it. The relaxed build is what it takes
 * otherwise. Workers and processes that a test starts with its own `process.execArgv` do the same.
 */

const RELAXED_MADD = [0xfd, 0x85, 0x02];

/** @param {BufferSource} bytes */
function containsRelaxedMadd(bytes) {
  const code = Buffer.from(new Uint8Array(/** @type {ArrayBuffer} */ (bytes)));
  return code.includes(Buffer.from(RELAXED_MADD));
}

const { EDGEL3_TEST_BUILD } = process.env;
if (EDGEL3_TEST_BUILD === 'baseline') {
  const validate = WebAssembly.validate;
  WebAssembly.validate = (bytes) => !containsRelaxedMadd(bytes) && validate(bytes);
} else if (EDGEL3_TEST_BUILD !== 'relaxed') {
  throw new Error(`EDGEL3_TEST_BUILD is '${EDGEL3_TEST_BUILD}', which is neither 'baseline' nor 'relaxed'.`);
}
