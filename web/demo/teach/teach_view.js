import { l2Normalize } from 'edgel3';
import { confusion } from '../../analysis/held_out.js';
import { classify } from '../../analysis/nearest_neighbours.js';
import { decode } from '../files/sound_file.js';
import { listen } from '../live/listen.js';
import { find, listenToFiles } from '../page/dom.js';
import { download } from '../page/download.js';
import { say, sayError } from '../page/messages.js';
import { createClassRow } from './class_row.js';
import { createConfusionTable } from './confusion_table.js';
import { HOP_SIZE, toRecording } from './examples.js';
import { record } from './record.js';
import { createShareBars } from './share_bars.js';
import { fromFile, toFile } from './storage.js';

/** @import { SoundClass } from './examples.js' */
/** @import { Session } from '../page/session.js' */
/** @import { SettingsForm } from '../page/settings.js' */

/** Seconds of a recording. */
const RECORDING_TIME = 4;

/** Windows over which the votes are averaged. */
const SMOOTHING = 5;

/** Sounds with names, learned from a few examples and recognised as they come. */
export class TeachView {
  #session;
  #settings;
  /** @type {SoundClass[]} */
  #classes = ['tap', 'whistle', 'silence'].map((name) => ({ name, recordings: [] }));
  #start = find('teach-start', HTMLButtonElement);
  #stop = find('teach-stop', HTMLButtonElement);
  /** @type {AbortController | undefined} */
  #listening;
  #isRecording = false;

  /**
   * @param {Session} session
   * @param {SettingsForm} settings
   */
  constructor(session, settings) {
    this.#session = session;
    this.#settings = settings;
    find('teach-add', HTMLButtonElement).onclick = () => {
      this.#classes.push({ name: `sound ${this.#classes.length + 1}`, recordings: [] });
      this.#showClasses();
    };
    find('teach-save', HTMLButtonElement).onclick = async () => {
      download('edgel3-examples.json', toFile(this.#classes, await session.model));
    };
    listenToFiles(find('teach-load', HTMLInputElement), ([file]) => this.#load(file));
    this.#start.onclick = () => this.#recognise();
    this.#stop.onclick = () => this.stop();
    session.addEventListener('change', () => this.#forget());
    this.#showClasses();
  }

  stop() {
    this.#listening?.abort();
  }

  /** Another network has other embeddings. */
  #forget() {
    this.stop();
    if (this.#classes.every(({ recordings }) => recordings.length === 0)) return;
    for (const soundClass of this.#classes) soundClass.recordings = [];
    say('The examples belonged to the network before, and have been forgotten.');
    this.#showClasses();
  }

  /** @param {File} file */
  async #load(file) {
    try {
      this.#classes = fromFile(await file.text(), await this.#session.model);
      this.#showClasses();
    } catch (error) {
      sayError(error);
    }
  }

  #showClasses() {
    this.stop();
    const rows = this.#classes.map((soundClass) =>
      createClassRow(soundClass, {
        onRename: () => this.#showConfusion(),
        onRecord: (output) => this.#record(soundClass, output),
        onFiles: (files) => this.#learnFiles(soundClass, files),
        onRemove: () => {
          this.#classes = this.#classes.filter((other) => other !== soundClass);
          this.#showClasses();
        },
      }),
    );
    find('teach-classes', HTMLElement).replaceChildren(...rows);
    this.#showConfusion();
  }

  #showConfusion() {
    const learned = this.#classes.filter(({ recordings }) => recordings.length > 0);
    const place = find('teach-confusion', HTMLElement);
    this.#start.disabled = learned.length < 2;
    if (learned.length < 2) place.textContent = 'Give at least two sounds an example.';
    else
      place.replaceChildren(
        createConfusionTable(
          learned.map(({ name }) => name),
          confusion(learned),
        ),
      );
  }

  /**
   * @param {SoundClass} soundClass
   * @param {HTMLOutputElement} output
   */
  async #record(soundClass, output) {
    if (this.#isRecording) return;
    this.#isRecording = true;
    this.stop();
    say('');
    try {
      const { samples, sampleRate } = await record(RECORDING_TIME, {
        deviceId: this.#settings.values.deviceId,
        onProgress(share) {
          output.value = `recording: ${(RECORDING_TIME * (1 - share)).toFixed(1)} s`;
        },
      });
      this.#settings.listDevices();
      soundClass.recordings.push(await toRecording(samples, sampleRate, await this.#session.model));
    } catch (error) {
      sayError(error);
    }
    this.#isRecording = false;
    this.#showClasses();
  }

  /**
   * @param {SoundClass} soundClass
   * @param {File[]} files
   */
  async #learnFiles(soundClass, files) {
    say('');
    for (const file of files) {
      try {
        const recording = await toRecording(await decode(file), undefined, await this.#session.model);
        soundClass.recordings.push(recording);
      } catch (error) {
        sayError(error);
      }
    }
    this.#showClasses();
  }

  async #recognise() {
    this.stop();
    say('');
    const controller = new AbortController();
    this.#listening = controller;
    this.#showButtons(true);
    const classes = this.#classes.filter(({ recordings }) => recordings.length > 0);
    const names = classes.map(({ name }) => name);
    const best = find('teach-best', HTMLParagraphElement);
    const showShares = createShareBars(find('teach-result', HTMLElement), names);
    /** @type {number[][]} */
    const recent = [];
    try {
      await listen(
        await this.#session.model,
        { ...this.#settings.values, hopSize: HOP_SIZE, center: false },
        {
          onOpen: () => this.#settings.listDevices(),
          onPiece() {},
          onEmbedding({ embedding }) {
            recent.push(classify(classes, l2Normalize(embedding)));
            if (recent.length > SMOOTHING) recent.shift();
            const shares = names.map(
              (_, index) => recent.reduce((sum, votes) => sum + votes[index], 0) / recent.length,
            );
            showShares(shares);
            // Only a change is read out to those who cannot see it.
            const name = names[shares.indexOf(Math.max(...shares))];
            if (best.textContent !== name) best.textContent = name;
          },
        },
        { signal: controller.signal },
      );
    } catch (error) {
      if (!controller.signal.aborted) sayError(error);
    } finally {
      if (this.#listening === controller) this.#showButtons(false);
    }
  }

  /** @param {boolean} isListening */
  #showButtons(isListening) {
    this.#start.hidden = isListening;
    this.#stop.hidden = !isListening;
  }
}
