/*
 * Two modules of one function each, just large enough for WebAssembly.validate to say whether an instruction is known:
 * header; type section: () -> v128; function section; code section with three times (i32.const 0, i8x16.splat), or
 * once, and the instruction.
 */
const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0];
const SPLAT = [0x41, 0, 0xfd, 0x0f];
const RELAXED_MADD = [0xfd, 0x85, 0x02];

/**
 * @param {number[]} instructions
 */
function validate(instructions) {
  const body = [0, ...instructions, 0x0b];
  return WebAssembly.validate(new Uint8Array([...HEADER, 10, body.length + 2, 1, body.length, ...body]));
}

/** @returns {boolean} whether 128-bit SIMD is there, which both builds need */
export function hasSimd() {
  return typeof WebAssembly === 'object' && validate(SPLAT);
}

/** @returns {boolean} whether f32x4.relaxed_madd is there, the one relaxed instruction that the relaxed build uses */
export function hasRelaxedMadd() {
  return validate([...SPLAT, ...SPLAT, ...SPLAT, ...RELAXED_MADD]);
}
