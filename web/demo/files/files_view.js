import { encodeEmbeddings } from 'edgel3';
import { createButton, find, listenToFiles } from '../page/dom.js';
import { download } from '../page/download.js';
import { say, sayError } from '../page/messages.js';
import { analyse } from './analysis.js';
import { FileCharts } from './file_charts.js';
import { Player } from './player.js';
import { fileColour, WindowMap } from './window_map.js';

/** @import { Analysis } from './analysis.js' */
/** @import { Session } from '../page/session.js' */
/** @import { SettingsForm } from '../page/settings.js' */

const SAMPLE = 'sample.wav';

/** The formats that can be saved, named as the command line names them. */
const DOWNLOADS = /** @type {const} */ (['npz', 'csv', 'json']);

/** Seconds that a click lets hear: a window. */
const LISTENING_TIME = 1;

/** Sound files: what is in them, and where it is alike. */
export class FilesView {
  #session;
  #settings;
  #player = new Player();
  #map = new WindowMap(find('files-map', HTMLCanvasElement), ({ analysis, time }) => {
    this.#choose(analysis);
    this.#playAround(time);
  });
  #time = find('files-time', HTMLInputElement);
  #play = find('files-play', HTMLButtonElement);
  /** @type {File[]} all that were given, for another network or other settings */
  #files = [];
  /** @type {Analysis[]} */
  #analyses = [];
  /** @type {Analysis | undefined} */
  #chosen;
  /** @type {FileCharts | undefined} */
  #charts;
  /** @type {AbortController | undefined} */
  #working;

  /**
   * @param {Session} session
   * @param {SettingsForm} settings
   */
  constructor(session, settings) {
    this.#session = session;
    this.#settings = settings;
    listenToFiles(find('files-input', HTMLInputElement), (files) => this.add(files));
    find('files-sample', HTMLButtonElement).onclick = async () => {
      const response = await fetch(SAMPLE);
      this.add([new File([await response.blob()], SAMPLE)]);
    };
    find('files-cancel', HTMLButtonElement).onclick = () => this.#working?.abort();
    this.#play.onclick = () => this.#togglePlay();
    this.#time.oninput = () => this.#draw();
    this.#listenToClicks();
    for (const format of DOWNLOADS) {
      find(`files-${format}`, HTMLButtonElement).onclick = async () => {
        if (!this.#chosen) return;
        const { name, result } = this.#chosen;
        download(`${name.replace(/\.[^.]+$/, '')}.${format}`, await encodeEmbeddings(result, format));
      };
    }
    for (const source of [session, settings]) source.addEventListener('change', () => this.#analyseAgain());
    addEventListener('resize', () => this.#draw());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      if (this.#chosen) this.#choose(this.#chosen);
    });
  }

  /** @param {File[]} files */
  async add(files) {
    this.#working?.abort();
    const controller = new AbortController();
    this.#working = controller;
    const { signal } = controller;
    const progress = find('files-progress', HTMLProgressElement);
    const cancel = find('files-cancel', HTMLButtonElement);
    say('');
    progress.hidden = false;
    cancel.hidden = false;
    for (const [index, file] of files.entries()) {
      const onProgress = (/** @type {number} */ share) => {
        progress.value = (index + share) / files.length;
      };
      onProgress(0);
      try {
        const model = await this.#session.model;
        const analysis = await analyse(file, model, this.#settings.values, { onProgress, signal });
        this.#files.push(file);
        this.#analyses.push(analysis);
        this.#map.show(this.#analyses);
        this.#choose(analysis);
      } catch (error) {
        if (signal.aborted) break;
        sayError(new Error(`${file.name}: ${/** @type {Error} */ (error).message}`));
      }
    }
    if (this.#working !== controller) return;
    progress.hidden = true;
    cancel.hidden = true;
  }

  /** Draws what is chosen, once there is room for it. */
  show() {
    this.#draw();
  }

  stop() {
    this.#player.stop();
  }

  #analyseAgain() {
    const files = this.#files.splice(0);
    if (files.length === 0) return;
    this.#analyses = [];
    this.add(files);
  }

  /** @param {Analysis} analysis */
  #choose(analysis) {
    if (analysis !== this.#chosen) this.#time.value = '0';
    this.#chosen = analysis;
    this.#charts = new FileCharts(analysis);
    this.#time.max = String(analysis.buffer.duration);
    const buttons = this.#analyses.map((one, index) => {
      const button = createButton(one.name, () => this.#choose(one));
      const dot = document.createElement('i');
      dot.style.backgroundColor = fileColour(index);
      if (this.#analyses.length > 1) button.prepend(dot);
      button.setAttribute('aria-pressed', String(one === analysis));
      return button;
    });
    find('files-list', HTMLElement).replaceChildren(...buttons);
    find('files-result', HTMLElement).hidden = false;
    this.#draw();
  }

  #draw() {
    if (!this.#chosen || !this.#charts || find('files', HTMLElement).hidden) return;
    const time = Number(this.#time.value);
    this.#charts.draw(time);
    this.#map.draw(this.#chosen, time);
    const { duration } = this.#chosen.buffer;
    find('files-position', HTMLOutputElement).value = `${time.toFixed(1)} of ${duration.toFixed(1)} s`;
  }

  #listenToClicks() {
    for (const id of ['files-sound', 'files-embedding', 'files-similarity']) {
      const canvas = find(id, HTMLCanvasElement);
      canvas.onclick = ({ offsetX }) => {
        const share = offsetX / canvas.clientWidth;
        if (!this.#chosen || !this.#charts) return;
        const { duration } = this.#chosen.buffer;
        const time = id === 'files-similarity' ? this.#charts.timeInMatrix(share) : share * duration;
        this.#playAround(time);
      };
    }
  }

  /** @param {number} time seconds: the middle of the second that is heard */
  #playAround(time) {
    const duration = this.#chosen?.buffer.duration ?? 0;
    const start = Math.max(0, Math.min(time - LISTENING_TIME / 2, duration - LISTENING_TIME));
    this.#playFrom(start, LISTENING_TIME);
  }

  #togglePlay() {
    if (this.#player.time !== undefined) {
      this.#player.stop();
      return;
    }
    const duration = this.#chosen?.buffer.duration ?? 0;
    const time = Number(this.#time.value);
    const start = time < duration - 0.1 ? time : 0;
    this.#playFrom(start, duration - start);
  }

  /**
   * @param {number} start seconds
   * @param {number} duration seconds
   */
  async #playFrom(start, duration) {
    if (!this.#chosen) return;
    const showTime = () => {
      if (this.#player.time === undefined) return;
      this.#time.value = String(this.#player.time);
      this.#draw();
      requestAnimationFrame(showTime);
    };
    await this.#player.play(this.#chosen.buffer, start, duration, () => {
      if (this.#player.time === undefined) this.#play.textContent = 'Play';
    });
    this.#play.textContent = 'Stop';
    showTime();
  }
}
