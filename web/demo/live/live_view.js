import { Novelty } from 'edgel3/analysis';
import { CurveTimeline } from '../charts/curve_timeline.js';
import { HeatTimeline } from '../charts/heat_timeline.js';
import { toBrightness } from '../charts/loudness.js';
import { MinMaxScaler } from '../charts/min_max_scaler.js';
import { find } from '../page/dom.js';
import { say, sayError } from '../page/messages.js';
import { listen } from './listen.js';
import { playSample } from './sample_stream.js';
import { Statistics } from './statistics.js';

/** @import { EmbeddingModel } from 'edgel3' */
/** @import { Session } from '../page/session.js' */
/** @import { SettingsForm } from '../page/settings.js' */

/** @typedef {() => Promise<{ mediaStream?: MediaStream, close: () => unknown }>} OpenSource */

/** Seconds that the timelines show. */
const SPAN = 10;

/** The novelty that reaches the upper edge, unless there is more. */
const NOVELTY_CEILING = 0.3;

/** Milliseconds between two pictures, at least: the sound comes in pieces of some 20 ms. */
const DRAWING_PERIOD = 40;

/** Milliseconds between two looks at the numbers. */
const NUMBERS_PERIOD = 500;

const seconds = () => performance.now() / 1000;

/** The microphone, as the network hears it. */
export class LiveView {
  #session;
  #settings;
  #start = find('live-start', HTMLButtonElement);
  #sample = find('live-sample', HTMLButtonElement);
  #stop = find('live-stop', HTMLButtonElement);
  /** @type {AbortController | undefined} of the run at hand */
  #running;
  #ended = Promise.resolve();
  /** @type {(() => void) | undefined} the run at hand, once more */
  #again;

  /**
   * @param {Session} session
   * @param {SettingsForm} settings
   */
  constructor(session, settings) {
    this.#session = session;
    this.#settings = settings;
    this.#start.onclick = () => this.#run(() => Promise.resolve({ mediaStream: undefined, close() {} }));
    this.#sample.onclick = () => this.#run(playSample);
    this.#stop.onclick = () => this.stop();
    for (const source of [session, settings]) source.addEventListener('change', () => this.#again?.());
  }

  stop() {
    this.#running?.abort();
  }

  /** @param {OpenSource} openSource */
  #run(openSource) {
    this.stop();
    const controller = new AbortController();
    this.#running = controller;
    this.#again = () => this.#run(openSource);
    this.#showButtons(true);
    say('');
    // Only when the one before has let go of the microphone.
    this.#ended = this.#ended.then(() => this.#runNow(openSource, controller));
  }

  /**
   * @param {OpenSource} openSource
   * @param {AbortController} controller
   */
  async #runNow(openSource, controller) {
    let source;
    try {
      source = await openSource();
      const model = await this.#session.model;
      await this.#listen(model, { signal: controller.signal, mediaStream: source.mediaStream });
    } catch (error) {
      if (!controller.signal.aborted) sayError(error);
    } finally {
      await source?.close();
      if (this.#running === controller) {
        this.#running = undefined;
        this.#again = undefined;
        this.#showButtons(false);
      }
    }
  }

  /**
   * @param {EmbeddingModel} model
   * @param {{ signal: AbortSignal, mediaStream: MediaStream | undefined }} options
   */
  async #listen(model, options) {
    const settings = this.#settings.values;
    const embeddings = createEmbeddingTimelines(model, settings);
    /** @type {ReturnType<typeof createSoundTimeline> | undefined} */
    let sound;
    /** @type {Statistics} */
    let statistics;
    let frame = 0;
    let drawnAt = 0;
    const draw = (/** @type {number} */ now) => {
      frame = requestAnimationFrame(draw);
      if (now - drawnAt < DRAWING_PERIOD) return;
      drawnAt = now;
      embeddings.draw(statistics.heard);
      sound?.draw(statistics.heard);
    };
    const timer = setInterval(() => statistics && showNumbers(statistics, settings.hopSize), NUMBERS_PERIOD);
    try {
      await listen(
        model,
        settings,
        {
          onOpen: (sampleRate) => {
            this.#settings.listDevices();
            statistics = new Statistics({ sampleRate, modelRate: model.sampleRate, center: settings.center });
            sound = createSoundTimeline(model, sampleRate);
            find('live-rate', HTMLElement).textContent = `${sampleRate / 1000} kHz`;
            frame = requestAnimationFrame(draw);
          },
          onPiece(samples) {
            statistics.hear(samples.length, seconds());
            sound?.add(samples);
          },
          onEmbedding({ timestamp, embedding }) {
            statistics.embed(timestamp, seconds());
            embeddings.add(timestamp, embedding);
          },
        },
        options,
      );
    } finally {
      sound?.close();
      clearInterval(timer);
      cancelAnimationFrame(frame);
    }
  }

  /** @param {boolean} isRunning */
  #showButtons(isRunning) {
    this.#start.hidden = isRunning;
    this.#sample.hidden = isRunning;
    this.#stop.hidden = !isRunning;
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

/**
 * @param {EmbeddingModel} model
 * @param {import('../page/settings.js').Settings} settings
 */
function createEmbeddingTimelines({ embeddingDimension }, { hopSize, center }) {
  // Every window stands around its middle.
  const middle = center ? 0 : 0.5;
  const options = { rows: embeddingDimension, period: hopSize, start: middle - hopSize / 2, span: SPAN };
  const heat = new HeatTimeline(find('live-embedding', HTMLCanvasElement), options);
  const canvas = find('live-novelty', HTMLCanvasElement);
  const curve = new CurveTimeline(canvas, { span: SPAN, ceiling: NOVELTY_CEILING });
  const scaler = new MinMaxScaler(embeddingDimension);
  const novelty = new Novelty(hopSize);
  return {
    /** @param {number} timestamp @param {Float32Array} embedding */
    add(timestamp, embedding) {
      scaler.widen(embedding);
      heat.add(scaler.scale(embedding));
      curve.add(timestamp + middle, novelty.next(embedding));
    },
    /** @param {number} now */
    draw(now) {
      heat.draw(now);
      curve.draw(now);
    },
  };
}

/**
 * @param {Statistics} statistics
 * @param {number} hopSize
 */
function showNumbers({ windowTime, heard, windows, dropped }, hopSize) {
  const isKnown = !Number.isNaN(windowTime);
  const texts = {
    'live-time': isKnown ? `${(1000 * windowTime).toFixed(1)} ms` : '–',
    'live-factor': isKnown ? `${(hopSize / windowTime).toFixed(0)} ×` : '–',
    'live-dropped': `${dropped === 0 ? 0 : dropped.toFixed(2)} s`,
    'live-heard': `${heard.toFixed(0)} s`,
    'live-windows': String(windows),
  };
  for (const [id, text] of Object.entries(texts)) find(id, HTMLElement).textContent = text;
}
