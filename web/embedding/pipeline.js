import { EdgeL3Error } from '../common/errors.js';
import { WindowQueue } from './window_queue.js';

/** @import { FloatSamples } from '../common/samples.js' */
/** @import { SignalOptions, WindowMethod } from '../engine/engine.js' */
/** @import { Pool, PooledSignal } from '../engine/pool.js' */
/** @typedef {{ method: WindowMethod, windowLength: number, signalOptions: SignalOptions }} PipelineOptions */

/**
 * @callback RowsListener
 * @param {Float32Array} rows what was computed of the next windows
 * @param {number} done samples of the input from which these and all earlier windows were cut
 */

/** Seconds of input that are resampled at once. */
const PIECE_SECONDS = 1;

/**
 * The way of a sound through a pool, whole or as it comes: one engine resamples, all compute windows, and the rows come
 * out in order. What is under way at once is bounded.
 */
export class Pipeline {
  #pool;
  #signal;
  #method;
  #queue;
  #pieceLength;
  #onRows;
  #aborter = new AbortController();
  #pushed = 0;
  /** @type {Promise<void>[]} of runs, the oldest first, until they were waited for */
  #underWay = [];
  #last = Promise.resolve();
  /** @type {unknown} */
  #failure;

  /**
   * @param {Pool} pool
   * @param {PipelineOptions} options
   * @param {RowsListener} onRows
   * @returns {Promise<Pipeline>} to be closed after use
   */
  static async open(pool, options, onRows) {
    return new Pipeline(pool, await pool.openSignal(options.signalOptions), options, onRows);
  }

  /**
   * @param {Pool} pool
   * @param {PooledSignal} signal
   * @param {PipelineOptions} options
   * @param {RowsListener} onRows
   */
  constructor(pool, signal, { method, windowLength, signalOptions }, onRows) {
    this.#pool = pool;
    this.#signal = signal;
    this.#method = method;
    this.#queue = new WindowQueue(windowLength, signal.hopLength);
    this.#pieceLength = Math.ceil(signalOptions.inputRate * PIECE_SECONDS);
    this.#onRows = onRows;
  }

  /**
   * @param {FloatSamples[]} channels the next samples of each, not to change until this is done
   * @returns {Promise<void>} when there is room for more
   */
  async push(channels) {
    const { length } = channels[0];
    /** @type {Promise<Float32Array> | undefined} */
    let coming = this.#resample(channels, 0);
    for (let end = this.#pieceLength; coming; end += this.#pieceLength) {
      const samples = await coming;
      this.#pushed += Math.min(length, end) - (end - this.#pieceLength);
      // The next piece goes first, so that no engine waits for windows while it is resampled.
      coming = end < length ? this.#resample(channels, end) : undefined;
      coming?.catch(() => {});
      await this.#send(samples);
    }
  }

  /**
   * @param {FloatSamples[]} channels
   * @param {number} start of the piece
   */
  #resample(channels, start) {
    const piece = channels.map((channel) => channel.subarray(start, start + this.#pieceLength));
    return this.#pool.push(this.#signal, piece);
  }

  /** @returns {Promise<void>} when the last rows are out */
  async finish() {
    const { pooled, id } = this.#signal;
    await this.#send(await this.#pool.call(pooled, 'finish', [id]));
    await this.#last;
  }

  /** Frees what this way holds; runs under way stop. May be called twice. */
  close() {
    if (this.#aborter.signal.aborted) return;
    this.#aborter.abort();
    this.#pool.closeSignal(this.#signal);
  }

  /** @param {Float32Array} samples at the model's rate */
  async #send(samples) {
    this.#queue.push(samples);
    for (let batch = this.#queue.take(); batch; batch = this.#queue.take()) {
      if (this.#underWay.length >= this.#pool.capacity) await this.#underWay.shift();
      if (this.#failure) throw this.#failure;
      this.#run(batch);
    }
  }

  /** @param {Float32Array} batch */
  #run(batch) {
    const done = this.#pushed;
    const rows = this.#pool.run(this.#method, batch, this.#signal.hopLength, this.#aborter.signal);
    this.#last = Promise.all([rows, this.#last]).then(([rows]) => this.#onRows(checkFinite(rows), done));
    this.#last.catch((error) => {
      this.#failure = error;
    });
    this.#underWay.push(this.#last);
  }
}

/**
 * Sounds are finite, and so are weights; only weights that are far too large give anything else.
 *
 * @param {Float32Array} rows
 * @returns {Float32Array} the same
 * @throws {EdgeL3Error} model_invalid
 */
function checkFinite(rows) {
  if (rows.every(Number.isFinite)) return rows;
  throw new EdgeL3Error(
    'model_invalid',
    'The weights of this model are so large that what it computes leaves the range of float32.',
  );
}
