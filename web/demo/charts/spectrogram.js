import { toBrightness } from './loudness.js';

/** @import { EmbeddingModel } from 'edgel3' */

/** Seconds of sound that are given to the model at once, so that not all columns are held before they are merged. */
const PIECE_SECONDS = 10;

/**
 * The spectrogram of a whole sound as the network hears it, in so few columns that a screen can show them.
 *
 * @param {AudioBuffer} buffer
 * @param {EmbeddingModel} model
 * @param {number} maxColumns where the sound has more, neighbours are merged: the loudest is seen
 * @returns {Promise<Float32Array[]>} columns from 0 (dark) to 1, the lowest band first
 */
export async function spectrogramOf(buffer, model, maxColumns) {
  const merged = Math.max(1, Math.ceil(buffer.duration / model.melHopSize / maxColumns));
  const { writable, readable } = model.melColumns({ sampleRate: buffer.sampleRate });
  const feeding = feed(buffer, writable.getWriter());
  /** @type {Float32Array[]} */
  const columns = [];
  let count = 0;
  const reader = readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const { melColumns, shape, timestamps } = next.value;
    for (let index = 0; index < shape[0] && timestamps[index] < buffer.duration; index++) {
      const column = melColumns.subarray(index * shape[1], (index + 1) * shape[1]);
      const last = columns.at(-1);
      if (last && count % merged !== 0)
        column.forEach((level, band) => {
          last[band] = Math.max(last[band], level);
        });
      else columns.push(column.slice());
      count++;
    }
  }
  await feeding;
  return columns.map(toBrightness);
}

/**
 * @param {AudioBuffer} buffer
 * @param {WritableStreamDefaultWriter<Float32Array[]>} writer
 */
async function feed(buffer, writer) {
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) =>
    buffer.getChannelData(index),
  );
  const length = Math.ceil(PIECE_SECONDS * buffer.sampleRate);
  for (let start = 0; start < buffer.length; start += length) {
    await writer.write(channels.map((channel) => channel.subarray(start, start + length)));
  }
  await writer.close();
}
