import { WindowQueue } from './window_queue.js';

/** @import { FloatSamples } from '../common/samples.js' */
/** @import { InputOptions, WindowMethod } from '../engine/engine.js' */
/** @import { Pool, PooledStream } from '../engine/pool.js' */
/** @typedef {{ method: WindowMethod, windowLength: number, inputOptions: InputOptions }} PipelineOptions */

/**
 * @callback RowsListener
 * @param {Float32Array} rows what was computed of the next windows
 * @param {number} done samples of the input from which these and all earlier windows were cut
 * @returns {void | Promise<void>} the rows behind them wait for it
 */

/** Seconds of input that are resampled at once, at most. */
const PIECE_SECONDS = 2;

/** Why runs are stopped that nobody waits for. */
const OVER = 'The sound is over.';

/**
 * The way of a sound through a pool, whole or as it comes: one engine resamples, all compute windows, and the rows come
 * out in order. What is under way at once is bounded.
 */
export class Pipeline {
  #pool;
  #stream;
  #method;
  #windowLength;
  /** @type {WindowQueue | undefined} from the first piece on */
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
   */
  constructor(pool, { method, windowLength, inputOptions }, onRows) {
    this.#pool = pool;
    this.#stream = pool.createStream('openInput', inputOptions);
    this.#method = method;
    this.#windowLength = windowLength;
    this.#pieceLength = Math.ceil(inputOptions.inputRate * PIECE_SECONDS);
    this.#onRows = onRows;
  }

  /**
   * @param {FloatSamples[]} channels the next samples of each, not to change until this is done
   * @param {boolean} [isLast] whether it is known that there are no more
   * @returns {Promise<void>} when there is room for more
   */
  async push(channels, isLast = false) {
    const { length } = channels[0];
    /** @type {Promise<Float32Array> | undefined} */
    let coming = this.#resample(channels, 0, isLast);
    for (let end = this.#pieceLength; coming; end += this.#pieceLength) {
      const samples = await coming;
      this.#pushed += Math.min(length, end) - (end - this.#pieceLength);
      // The next piece goes first, so that no engine waits for windows while it is resampled.
      coming = end < length ? this.#resample(channels, end, isLast) : undefined;
      coming?.catch(() => {});
      await this.#send(samples);
    }
  }

  /**
   * @param {FloatSamples[]} channels
   * @param {number} start of the piece
   * @param {boolean} isLast whether nothing follows `channels`
   */
  #resample(channels, start, isLast) {
    const end = start + this.#pieceLength;
    const piece = channels.map((channel) => channel.subarray(start, end));
    return this.#pool.push(this.#stream, piece, isLast && end >= channels[0].length);
  }

  /** @returns {Promise<void>} when the last rows are out; to be called also after what was known to be the last samples */
  async finish() {
    if (!this.#stream.isOver) await this.#send(await this.#pool.finish(this.#stream));
    await this.#last;
  }

  /** Frees what this way holds; runs under way stop. May be called twice. */
  close() {
    if (this.#aborter.signal.aborted) return;
    // Without a reason of ours, the engine makes an error with a stack, which takes longer than all else here.
    this.#aborter.abort(OVER);
    this.#pool.closeStream(this.#stream);
  }

  /** @param {Float32Array} samples at the model's rate */
  async #send(samples) {
    this.#queue ??= new WindowQueue(this.#windowLength, this.#stream.hopLength);
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
