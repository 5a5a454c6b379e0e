import { encodeEmbeddings } from 'edgel3';
import { create, createButton, find, listenToFiles } from '../page/dom.js';
import { download } from '../page/download.js';
import { giveWay } from '../page/event_loop.js';
import { describeError, Messages } from '../page/messages.js';
import { player } from '../sound/player.js';
import { FileCharts } from './file_charts.js';
import { outputName } from './output_name.js';
import { FileQueue } from './queue.js';
import { fileColour, WindowMap } from './window_map.js';

/** @import { Session } from '../page/session.js' */
/** @import { SettingsForm } from '../page/settings.js' */
/** @import { Analysis } from './analysis.js' */

const SAMPLE = 'sample.wav';

/** The formats that can be saved, named as the command line names them. */
const DOWNLOADS = /** @type {const} */ (['npz', 'csv', 'json']);

/** Seconds that a click lets hear: a window. */
const LISTENING_TIME = 1;

/** Sound files: what is in them, and where it is alike. */
export class FilesView {
  #messages = new Messages('files-message');
  #queue;
  #map = new WindowMap(find('files-map', HTMLCanvasElement), async ({ analysis, time }) => {
    if (analysis !== this.#chosen) await this.#choose(analysis);
    this.#playAround(time);
  });
  #time = find('files-time', HTMLInputElement);
  #play = find('files-play', HTMLButtonElement);
  /** @type {{ file: File, analysis: Analysis }[]} */
  #done = [];
  /** @type {Analysis | undefined} */
  #chosen;
  /** @type {FileCharts | undefined} */
  #charts;

  /**
   * @param {Session} session
   * @param {SettingsForm} settings
   */
  constructor(session, settings) {
    this.#queue = new FileQueue({
      choose: async () => ({ model: await session.model, settings: settings.values }),
      onAnalysis: (file, analysis) => this.#show(file, analysis),
      onFailure: (file, error) => this.#listFailure(file, error),
      onProgress: () => this.#showProgress(),
    });
    listenToFiles(find('files-input', HTMLInputElement), (files) => this.add(files));
    find('files-sample', HTMLButtonElement).onclick = async () => {
      const response = await fetch(SAMPLE);
      this.add([new File([await response.blob()], SAMPLE)]);
    };
    find('files-cancel', HTMLButtonElement).onclick = () => this.#queue.clear();
    find('files-forget', HTMLButtonElement).onclick = () => this.#forgetFailures();
    this.#play.onclick = () => this.#togglePlay();
    this.#time.oninput = () => this.#draw();
    this.#listenToClicks();
    for (const format of DOWNLOADS) {
      find(`files-${format}`, HTMLButtonElement).onclick = () => this.#save(format);
    }
    for (const source of [session, settings]) source.addEventListener('change', () => this.#analyseAgain());
    addEventListener('resize', () => this.#draw());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      if (this.#chosen) this.#choose(this.#chosen);
    });
  }

  /** @param {File[]} files */
  add(files) {
    this.#messages.clear();
    this.#queue.add(files);
  }

  /** Draws what is chosen, once there is room for it. */
  show() {
    this.#draw();
  }

  stop() {
    player.stop();
  }

  /** @param {File} file @param {Analysis} analysis */
  async #show(file, analysis) {
    this.#done.push({ file, analysis });
    await giveWay();
    this.#map.show(this.#done.map((one) => one.analysis));
    await this.#choose(analysis);
    if (analysis.isByBrowser) {
      this.#messages.say(
        `${file.name} was decoded by this browser, not by edgel3: the numbers may differ from one browser to another.`,
      );
    }
  }

  /** @param {File} file @param {unknown} error */
  #listFailure(file, error) {
    const text = describeError(error);
    if (text === undefined) return;
    find('files-failures', HTMLUListElement).append(
      create('li', {}, [create('b', { textContent: file.name }), `: ${text}`]),
    );
    find('files-failed', HTMLElement).hidden = false;
  }

  #forgetFailures() {
    find('files-failures', HTMLUListElement).replaceChildren();
    find('files-failed', HTMLElement).hidden = true;
    find('files-input', HTMLInputElement).focus();
  }

  #showProgress() {
    const { state } = this.#queue;
    find('files-working', HTMLElement).hidden = state === undefined;
    if (!state) return;
    find('files-progress', HTMLProgressElement).value = state.all;
    const which = state.total === 1 ? state.name : `${state.number} of ${state.total}: ${state.name}`;
    find('files-percent', HTMLElement).textContent = `${which}, ${Math.floor(100 * state.fraction)} %`;
  }

  #analyseAgain() {
    const waiting = this.#queue.clear();
    const files = this.#done.splice(0).map(({ file }) => file);
    if (files.length + waiting.length > 0) this.#queue.add([...files, ...waiting]);
  }

  /** @param {'npz' | 'csv' | 'json'} format */
  async #save(format) {
    if (!this.#chosen) return;
    try {
      const names = this.#done.map(({ file }) => file.name);
      download(outputName(this.#chosen.name, format, names), await encodeEmbeddings(this.#chosen, format));
    } catch (error) {
      this.#messages.sayError(error);
    }
  }

  /** @param {Analysis} analysis */
  async #choose(analysis) {
    if (analysis !== this.#chosen) this.#time.value = '0';
    this.#chosen = analysis;
    const charts = await FileCharts.create(analysis);
    if (this.#chosen !== analysis) return;
    this.#charts = charts;
    this.#time.max = String(analysis.duration);
    const list = find('files-list', HTMLElement);
    const focused = [...list.children].indexOf(/** @type {Element} */ (document.activeElement));
    const buttons = this.#done.map((one, index) => {
      const button = createButton(one.file.name, () => this.#choose(one.analysis));
      const dot = create('i');
      dot.style.backgroundColor = fileColour(index);
      if (this.#done.length > 1) button.prepend(dot);
      button.setAttribute('aria-pressed', String(one.analysis === analysis));
      return button;
    });
    list.replaceChildren(...buttons);
    buttons[focused]?.focus();
    find('files-result', HTMLElement).hidden = false;
    this.#draw();
  }

  #draw() {
    if (!this.#chosen || !this.#charts || find('files', HTMLElement).hidden) return;
    const time = Number(this.#time.value);
    this.#charts.draw(time);
    this.#map.draw(this.#chosen, time);
    find('files-position', HTMLOutputElement).value =
      `${time.toFixed(1)} of ${this.#chosen.duration.toFixed(1)} s`;
  }

  #listenToClicks() {
    for (const id of ['files-sound', 'files-embedding', 'files-similarity']) {
      const canvas = find(id, HTMLCanvasElement);
      canvas.onclick = ({ offsetX }) => {
        const fraction = offsetX / canvas.clientWidth;
        if (!this.#chosen || !this.#charts) return;
        const { duration } = this.#chosen;
        const time = id === 'files-similarity' ? this.#charts.timeInMatrix(fraction) : fraction * duration;
        this.#playAround(time);
      };
    }
  }

  /** @param {number} time seconds: the middle of the second that is heard */
  #playAround(time) {
    const duration = this.#chosen?.duration ?? 0;
    const start = Math.max(0, Math.min(time - LISTENING_TIME / 2, duration - LISTENING_TIME));
    this.#playFrom(start, LISTENING_TIME);
  }

  #togglePlay() {
    if (player.time !== undefined) {
      player.stop();
      return;
    }
    const duration = this.#chosen?.duration ?? 0;
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
    let isPlaying = true;
    const showTime = () => {
      if (!isPlaying || player.time === undefined) return;
      this.#time.value = String(player.time);
      this.#draw();
      requestAnimationFrame(showTime);
    };
    const onEnd = () => {
      isPlaying = false;
      if (player.time === undefined) this.#play.textContent = 'Play';
    };
    try {
      await player.play(this.#chosen.sound, { start, duration, onEnd });
      if (!isPlaying) return;
      this.#play.textContent = 'Stop';
      showTime();
    } catch (error) {
      this.#messages.sayError(error);
    }
  }
}
