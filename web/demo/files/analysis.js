import { EdgeL3Error } from 'edgel3';
import { SpectrogramCollector } from '../charts/spectrogram.js';
import { giveWay } from '../page/event_loop.js';
import { SoundCollector } from '../sound/sound_collector.js';
import { downmix, openByBrowser, openSound } from '../sound/sound_file.js';

/** @import { EmbeddingModel } from 'edgel3' */
/** @import { Settings } from '../page/settings.js' */
/** @import { OpenSound } from '../sound/sound_file.js' */

/**
 * @typedef {object} Analysis
 * @property {string} name of the file
 * @property {number} duration seconds
 * @property {import('../sound/player.js').PlayableSound} sound
 * @property {Float32Array} embedding of all windows, row by row
 * @property {[number, number]} shape windows, numbers in each
 * @property {Float64Array} timestamps seconds
 * @property {number} middle seconds from a timestamp to the middle of its window
 * @property {Float32Array[]} columns of the spectrogram, from 0 to 1
 * @property {boolean} isByBrowser whether the browser decoded it
 */

/** @typedef {{ onProgress: (fraction: number) => void, signal: AbortSignal }} AnalysisOptions */

/** Columns of a spectrogram: more than a screen shows are not kept. */
const MAX_COLUMNS = 1500;

/** Samples that are worked on at once: a decoder may give many more. */
const PIECE = 2 ** 14;

/** Milliseconds after which the page gets its turn. */
const TURN = 30;

/**
 * All that the page shows of a sound file. It is read as it comes: however long it is, it is never held whole.
 *
 * @param {File} file
 * @param {EmbeddingModel} model
 * @param {Pick<Settings, 'hopSize' | 'center'>} settings
 * @param {AnalysisOptions} options
 * @returns {Promise<Analysis>}
 */
export async function analyse(file, model, settings, options) {
  try {
    const opened = await openSound(file, watched(file, options));
    return await analyseSound(file.name, opened, model, settings, options);
  } catch (error) {
    // Some files show only behind their beginning what the library does not read in them.
    if (!(error instanceof EdgeL3Error) || error.code !== 'file_unsupported') throw error;
    return analyseSound(file.name, await openByBrowser(file, error), model, settings, options);
  }
}

/**
 * The bytes of a file, whose reading is reported.
 *
 * @param {File} file
 * @param {AnalysisOptions} options
 * @returns {ReadableStream<Uint8Array>}
 */
function watched(file, { onProgress }) {
  let done = 0;
  return file.stream().pipeThrough(
    new TransformStream({
      transform(/** @type {Uint8Array} */ bytes, controller) {
        done += bytes.length;
        onProgress(Math.min(0.99, done / file.size));
        controller.enqueue(bytes);
      },
    }),
  );
}

/**
 * @param {string} name
 * @param {OpenSound} opened
 * @param {EmbeddingModel} model
 * @param {Pick<Settings, 'hopSize' | 'center'>} settings
 * @param {AnalysisOptions} options
 * @returns {Promise<Analysis>}
 */
async function analyseSound(
  name,
  { sampleRate, pieces, isByBrowser },
  model,
  { hopSize, center },
  { signal },
) {
  const windows = model.stream({ sampleRate, hopSize, center, onWarning() {} });
  const mel = model.melColumns({ sampleRate });
  const sound = new SoundCollector(sampleRate);
  const spectrogram = new SpectrogramCollector(MAX_COLUMNS);
  /** @type {Float32Array[]} */
  const rows = [];
  let length = 0;
  const gathering = Promise.all([
    windows.readable.pipeTo(new WritableStream({ write: ({ embedding }) => void rows.push(embedding) }), {
      signal,
    }),
    mel.readable.pipeTo(new WritableStream({ write: (columns) => spectrogram.add(columns) }), { signal }),
  ]);
  // What fails there is told below.
  gathering.catch(() => {});
  const writers = [windows.writable.getWriter(), mel.writable.getWriter()];
  let turnAt = performance.now();
  try {
    for await (const piece of pieces) {
      for (let from = 0; from < piece[0].length; from += PIECE) {
        signal.throwIfAborted();
        const channels = piece.map((channel) => channel.subarray(from, from + PIECE));
        length += channels[0].length;
        sound.add(downmix(channels));
        await Promise.all(writers.map((writer) => writer.write(channels)));
        if (performance.now() - turnAt > TURN) {
          await giveWay();
          turnAt = performance.now();
        }
      }
    }
    await Promise.all(writers.map((writer) => writer.close()));
    await gathering;
  } catch (error) {
    for (const writer of writers) writer.abort(error).catch(() => {});
    throw error;
  }
  const embedding = new Float32Array(rows.length * model.embeddingDimension);
  for (const [index, row] of rows.entries()) embedding.set(row, index * row.length);
  const duration = length / sampleRate;
  return {
    name,
    duration,
    sound: sound.finish(),
    embedding,
    shape: [rows.length, model.embeddingDimension],
    timestamps: Float64Array.from(rows, (_, index) => index * hopSize),
    middle: center ? 0 : 0.5,
    columns: spectrogram.finish(duration, model.melHopSize),
    isByBrowser,
  };
}

/**
 * Rows of an embedding, evenly chosen where there are more.
 *
 * @param {Analysis} analysis
 * @param {number} most
 * @returns {{ row: Float32Array, index: number }[]}
 */
export function someRows({ embedding, shape: [count, dimension] }, most) {
  const chosen = Math.min(count, most);
  return Array.from({ length: chosen }, (_, place) => {
    const index = Math.floor((place * count) / chosen);
    return { row: embedding.subarray(index * dimension, (index + 1) * dimension), index };
  });
}
