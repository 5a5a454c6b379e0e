import { encodeNpz } from './npz.js';

/** @import { EmbeddingResult } from 'edgel3' */

/**
 * How the embeddings of a sound are saved: as the command line does.
 *
 * @type {Record<'npz' | 'csv' | 'json', (result: EmbeddingResult) => BlobPart>}
 */
export const FORMATS = {
  npz: ({ embedding, shape, timestamps }) =>
    encodeNpz({
      embedding: { data: embedding, shape },
      timestamps: { data: timestamps, shape: [timestamps.length] },
    }),

  csv({ embedding, shape: [, dimension], timestamps }) {
    const header = ['timestamp', ...Array.from({ length: dimension }, (_, index) => `e${index}`)];
    const rows = Array.from(timestamps, (time, row) => [
      time,
      ...embedding.subarray(row * dimension, (row + 1) * dimension),
    ]);
    return [header, ...rows].map((row) => `${row.join(',')}\n`).join('');
  },

  json: ({ embedding, shape: [, dimension], timestamps }) =>
    JSON.stringify({
      timestamps: Array.from(timestamps),
      embedding: Array.from(timestamps, (_, row) =>
        Array.from(embedding.subarray(row * dimension, (row + 1) * dimension)),
      ),
    }),
};
