import { Novelty } from 'edgel3/analysis';
import { CurveTimeline } from '../charts/curve_timeline.js';
import { HeatTimeline } from '../charts/heat_timeline.js';
import { LabelTimeline } from '../charts/label_timeline.js';
import { toBrightness } from '../charts/loudness.js';
import { MinMaxScaler } from '../charts/min_max_scaler.js';
import { shadePending } from '../charts/pending.js';
import { find } from '../page/dom.js';
import { peakOf, toMeter } from '../sound/level.js';

/** @import { EmbeddingModel, TimedEmbedding } from 'edgel3' */
/** @import { Settings } from '../page/settings.js' */

/** Seconds that the timelines show. */
const SPAN = 10;

/** The novelty that reaches the upper edge, unless there is more. */
const NOVELTY_CEILING = 0.3;

/** All that scrolls in the live view, aligned in time. */
export class LiveTimelines {
  #sound;
  #level = new CurveTimeline(find('live-level', HTMLCanvasElement), { span: SPAN, ceiling: 1 });
  #embedding;
  #novelty = new CurveTimeline(find('live-novelty', HTMLCanvasElement), {
    span: SPAN,
    ceiling: NOVELTY_CEILING,
  });
  #labels = new LabelTimeline(find('live-labels', HTMLCanvasElement), SPAN);
  #scaler;
  #noveltyOf;
  /** Seconds from a timestamp to the middle of its window, where it is drawn. */
  #middle;
  #hopSize;
  #sampleRate;
  #heard = 0;
  /** Seconds: what is known of the embeddings ends here. */
  #known = 0;

  /**
   * @param {EmbeddingModel} model
   * @param {Settings} settings
   * @param {number} sampleRate Hz
   */
  constructor(model, { hopSize, center }, sampleRate) {
    this.#sound = createSoundTimeline(model, sampleRate);
    this.#sampleRate = sampleRate;
    this.#hopSize = hopSize;
    this.#middle = center ? 0 : 0.5;
    this.#embedding = new HeatTimeline(find('live-embedding', HTMLCanvasElement), {
      rows: model.embeddingDimension,
      period: hopSize,
      start: this.#middle - hopSize / 2,
      span: SPAN,
    });
    this.#scaler = new MinMaxScaler(model.embeddingDimension);
    this.#noveltyOf = new Novelty(hopSize);
  }

  /** @param {Float32Array} samples */
  addSound(samples) {
    this.#sound.add(samples);
    this.#heard += samples.length / this.#sampleRate;
    this.#level.add(this.#heard, toMeter(peakOf(samples)));
  }

  /** @param {TimedEmbedding} result */
  addEmbedding({ timestamp, embedding }) {
    this.#scaler.widen(embedding);
    this.#embedding.add(this.#scaler.scale(embedding));
    this.#known = timestamp + this.#middle + this.#hopSize / 2;
    this.#novelty.add(timestamp + this.#middle, this.#noveltyOf.next(embedding));
  }

  /** @param {number} timestamp seconds @param {string | null} label */
  addLabel(timestamp, label) {
    const middle = timestamp + this.#middle;
    this.#labels.add(middle - this.#hopSize / 2, middle + this.#hopSize / 2, label);
  }

  draw() {
    const now = this.#heard;
    this.#sound.draw(now);
    this.#level.draw(now);
    this.#embedding.draw(now);
    this.#novelty.draw(now);
    this.#labels.draw(now);
    for (const id of ['live-embedding', 'live-novelty', 'live-labels']) {
      shadePending(find(id, HTMLCanvasElement), (now - this.#known) / SPAN);
    }
  }

  close() {
    this.#sound.close();
  }
}

/**
 * @param {EmbeddingModel} model
 * @param {number} sampleRate Hz
 */
function createSoundTimeline(model, sampleRate) {
  const { writable, readable } = model.melColumns({ sampleRate });
  const writer = writable.getWriter();
  const period = model.melHopSize;
  /** @type {HeatTimeline | undefined} */
  let timeline;
  const shown = readable.pipeTo(
    new WritableStream({
      write({ melColumns, shape: [count, rows], timestamps }) {
        timeline ??= new HeatTimeline(find('live-sound', HTMLCanvasElement), {
          rows,
          period,
          start: timestamps[0] - period / 2,
          span: SPAN,
        });
        for (let index = 0; index < count; index++) {
          timeline.add(toBrightness(melColumns.subarray(index * rows, (index + 1) * rows)));
        }
      },
    }),
  );
  // Where this fails, embedding the same sound does too, and that is told.
  shown.catch(() => {});
  return {
    /** @param {Float32Array} samples */
    add(samples) {
      writer.write(samples).catch(() => {});
    },
    /** @param {number} now */
    draw: (now) => timeline?.draw(now),
    close() {
      writer.abort().catch(() => {});
    },
  };
}
