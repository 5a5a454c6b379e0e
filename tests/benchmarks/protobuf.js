/**
 * Protocol Buffers, as far as writing an ONNX model needs them: a message is the concatenation of its fields, and each
 * of these functions writes one field.
 */

const encoder = new TextEncoder();

/**
 * @param {number} field
 * @param {number} number a whole number from 0 to 2^53
 */
export function integer(field, number) {
  return new Uint8Array([...varint(field * 8), ...varint(number)]);
}

/**
 * @param {number} field
 * @param {Uint8Array} content
 */
export function bytes(field, content) {
  return message(new Uint8Array([...varint(field * 8 + 2), ...varint(content.length)]), content);
}

/**
 * @param {number} field
 * @param {string} content
 */
export function text(field, content) {
  return bytes(field, encoder.encode(content));
}

/** @param {Uint8Array[]} fields */
export function message(...fields) {
  const whole = new Uint8Array(fields.reduce((length, field) => length + field.length, 0));
  let end = 0;
  for (const field of fields) {
    whole.set(field, end);
    end += field.length;
  }
  return whole;
}

/** @param {number} number */
function varint(number) {
  const groups = [];
  let rest = number;
  for (; rest >= 128; rest = Math.floor(rest / 128)) groups.push((rest % 128) + 128);
  return [...groups, rest];
}
