import { find } from '../page/dom.js';
import { Messages } from '../page/messages.js';
import { listen } from './listen.js';
import { playSample } from './sample_stream.js';
import { Statistics } from './statistics.js';
import { LiveTimelines } from './timelines.js';

/** @import { EmbeddingModel } from 'edgel3' */
/** @import { Session } from '../page/session.js' */
/** @import { SettingsForm } from '../page/settings.js' */
/** @import { TeachView } from '../teach/teach_view.js' */

/** @typedef {() => Promise<{ mediaStream?: MediaStream, close: () => unknown }>} OpenSource */

/** Milliseconds between two pictures, at least: the sound comes in pieces of some 20 ms. */
const DRAWING_PERIOD = 40;

/** Milliseconds between two looks at the numbers. */
const NUMBERS_PERIOD = 500;

const seconds = () => performance.now() / 1000;

/** The microphone, as the network hears it. */
export class LiveView {
  #session;
  #teach;
  #settings;
  #messages = new Messages('live-message');
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
   * @param {TeachView} teach what it knows stands beside the sound
   */
  constructor(session, settings, teach) {
    this.#session = session;
    this.#teach = teach;
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
    this.#messages.clear();
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
      if (!controller.signal.aborted) this.#messages.sayError(error);
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
    const classifier = await this.#teach.classifier();
    find('live-untaught', HTMLElement).hidden = classifier !== undefined;
    find('live-taught', HTMLElement).hidden = classifier === undefined;
    /** @type {LiveTimelines | undefined} */
    let timelines;
    /** @type {Statistics} */
    let statistics;
    let frame = 0;
    let drawnAt = 0;
    const draw = (/** @type {number} */ now) => {
      frame = requestAnimationFrame(draw);
      if (now - drawnAt < DRAWING_PERIOD) return;
      drawnAt = now;
      timelines?.draw();
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
            timelines = new LiveTimelines(model, settings, sampleRate);
            find('live-rate', HTMLElement).textContent = `${sampleRate / 1000} kHz`;
            frame = requestAnimationFrame(draw);
          },
          onPiece(samples) {
            statistics.hear(samples.length, seconds());
            timelines?.addSound(samples);
          },
          async onEmbedding(result) {
            statistics.embed(result.timestamp, seconds());
            timelines?.addEmbedding(result);
            const answers = await classifier?.classify(result.embedding);
            if (answers) timelines?.addLabel(result.timestamp, answers[0].label);
          },
        },
        options,
      );
    } finally {
      timelines?.close();
      clearInterval(timer);
      cancelAnimationFrame(frame);
    }
  }

  /** @param {boolean} isRunning */
  #showButtons(isRunning) {
    const { activeElement } = document;
    const hadFocus = [this.#start, this.#sample, this.#stop].some((button) => button === activeElement);
    this.#start.hidden = isRunning;
    this.#sample.hidden = isRunning;
    this.#stop.hidden = !isRunning;
    if (hadFocus) (isRunning ? this.#stop : this.#start).focus();
  }
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
