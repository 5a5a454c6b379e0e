import { randomNumbers } from './random_numbers.js';

/** @import { ModelOptions } from 'edgel3' */

const RATE = 22_050;

/**
 * Uses the library in all its ways: whole sounds, streams in pieces of random lengths, spectrograms, and an error. Runs
 * in pages too.
 *
 * @param {typeof import('edgel3')} library
 * @param {ModelOptions} [options]
 * @returns {Promise<string>} a hash of all the numbers that came out
 */
export async function exercise({ EdgeL3Error, getEmbedding, loadEmbeddingModel }, options) {
  const random = randomNumbers(11);
  const audio = Float32Array.from({ length: 3 * RATE }, () => random() - 0.5);
  const hash = new Hash();
  const model = await loadEmbeddingModel(options);
  try {
    const whole = await getEmbedding([audio, audio.map((sample) => sample / 3)], RATE, { model });
    hash.add(whole.embedding);
    hash.add(whole.timestamps);
    hash.add((await model.melSpectrogram(audio, RATE)).melSpectrogram);
    const { readable, writable } = model.stream({ sampleRate: RATE, hopSize: 0.3 });
    const feeding = feed(writable.getWriter(), audio, random);
    const reader = readable.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read())
      hash.add(next.value.embedding);
    await feeding;
    const error = await getEmbedding(audio, -1, { model }).catch((error) => error);
    if (!(error instanceof EdgeL3Error) || error.code !== 'sample_rate_invalid') throw error;
    return `${hash.value} ${model.name}`;
  } finally {
    model.close();
  }
}

/** @param {WritableStreamDefaultWriter<Float32Array>} writer @param {Float32Array} audio @param {() => number} random */
async function feed(writer, audio, random) {
  for (let start = 0; start < audio.length; ) {
    const end = start + Math.floor(random() * 9000);
    await writer.write(audio.subarray(start, end));
    start = end;
  }
  await writer.close();
}

/** FNV-1a of 32 bits: pages of opaque origins have no other one. */
class Hash {
  value = 0x811c9dc5;

  /** @param {Float32Array | Float64Array} numbers */
  add({ buffer, byteOffset, byteLength }) {
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
      this.value = Math.imul(this.value ^ byte, 0x01000193) >>> 0;
    }
  }
}
