import { WindowQueue } from './window_queue.js';

/** @import { FloatSamples } from '../common/samples.js' */
/** @import { InputOptions, WindowMethod } from '../engine/engine.js' */
/** @import { Pool, PooledStream } from '../engine/pool.js' */
/** @typedef {{ method: WindowMethod, windowLength: number, inputOptions: InputOptions }} PipelineOptions */

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
  #stream;
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
    return new Pipeline(pool, await pool.openStream('openInput', options.inputOptions), options, onRows);
  }

  /**
   * @param {Pool} pool
   * @param {PooledStream} stream
   * @param {PipelineOptions} options
   * @param {RowsListener} onRows
   */
  constructor(pool, stream, { method, windowLength, inputOptions }, onRows) {
    this.#pool = pool;
    this.#stream = stream;
    this.#method = method;
    this.#queue = new WindowQueue(windowLength, stream.hopLength);
    this.#pieceLength = Math.ceil(inputOptions.inputRate * PIECE_SECONDS);
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
    return this.#pool.push(this.#stream, piece);
  }

  /** @returns {Promise<void>} when the last rows are out */
  async finish() {
    await this.#send(await this.#pool.finish(this.#stream));
    await this.#last;
  }

  /** Frees what this way holds; runs under way stop. May be called twice. */
  close() {
    if (this.#aborter.signal.aborted) return;
    this.#aborter.abort();
    this.#pool.closeStream(this.#stream);
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
    const rows = this.#pool.run(this.#method, batch, this.#stream.hopLength, this.#aborter.signal);
    this.#last = Promise.all([rows, this.#last]).then(([rows]) => this.#onRows(rows, done));
    this.#last.catch((error) => {
      this.#failure = error;
    });
    this.#underWay.push(this.#last);
  }
}
