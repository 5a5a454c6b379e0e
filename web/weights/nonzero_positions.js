/** A gap byte of this value moves on by as many places without a non-zero there. */
const GAP_ESCAPE = 255;

/**
 * Where the non-zeros of a convolution stand, in the shorter one of a model file's two encodings (docs/model-file.md):
 * the mask, if more than an eighth of the weights are non-zeros.
 *
 * @param {Float32Array} weights
 * @returns {{ kind: 'gaps' | 'mask', bytes: Uint8Array }}
 */
export function encodePositions(weights) {
  const gaps = encodeGaps(weights);
  const mask = encodeMask(weights);
  return mask.length < gaps.length ? { kind: 'mask', bytes: mask } : { kind: 'gaps', bytes: gaps };
}

/**
 * One byte for each non-zero: the places it lies behind the one before it, less one.
 *
 * @param {Float32Array} weights
 * @returns {Uint8Array}
 */
function encodeGaps(weights) {
  /** @type {number[]} */
  const gaps = [];
  let position = -1;
  weights.forEach((weight, index) => {
    if (weight === 0) return;
    let gap = index - position - 1;
    for (; gap >= GAP_ESCAPE; gap -= GAP_ESCAPE) gaps.push(GAP_ESCAPE);
    gaps.push(gap);
    position = index;
  });
  return Uint8Array.from(gaps);
}

/**
 * One bit for each weight, from the lowest of the first byte on, set if the weight is not zero.
 *
 * @param {Float32Array} weights
 * @returns {Uint8Array}
 */
function encodeMask(weights) {
  const mask = new Uint8Array(Math.ceil(weights.length / 8));
  weights.forEach((weight, index) => {
    if (weight !== 0) mask[index >> 3] |= 1 << (index & 7);
  });
  return mask;
}
