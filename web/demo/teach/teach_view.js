import { SoundClassifier } from 'edgel3/analysis';
import { decode } from '../files/sound_file.js';
import { listen } from '../live/listen.js';
import { find, listenToFiles } from '../page/dom.js';
import { download } from '../page/download.js';
import { say, sayError } from '../page/messages.js';
import { createClassRow } from './class_row.js';
import { createConfusionTable, describeEvaluation } from './confusion_table.js';
import { HOP_SIZE, toClasses, toClassifier, toName, toRecording } from './examples.js';
import { record } from './record.js';
import { createShareBars } from './share_bars.js';

/** @import { SoundClass } from './examples.js' */
/** @import { Session } from '../page/session.js' */
/** @import { SettingsForm } from '../page/settings.js' */

/** Seconds of a recording. */
const RECORDING_TIME = 4;

/** Windows over which the confidences are averaged. */
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
  /** @type {symbol | undefined} the last question how well sounds are told apart; answers to earlier ones come too late */
  #asked;

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
    find('teach-save', HTMLButtonElement).onclick = () => this.#save();
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

  async #save() {
    try {
      const classifier = await toClassifier(this.#classes, await this.#session.model);
      // With what was learned, the file needs no learning where it is used.
      if (classifier.labels.length > 1) await classifier.train();
      download('my-sounds.json', JSON.stringify(classifier));
    } catch (error) {
      sayError(error);
    }
  }

  /** @param {File} file */
  async #load(file) {
    try {
      const model = await this.#session.model;
      this.#classes = toClasses(SoundClassifier.fromJSON(await file.text(), { model }));
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

  async #showConfusion() {
    const place = find('teach-confusion', HTMLElement);
    const about = find('teach-accuracy', HTMLElement);
    const learned = this.#learned();
    this.#start.disabled = learned.length < 2;
    about.textContent = '';
    if (learned.length < 2) {
      place.textContent = 'Give at least two sounds an example.';
      return;
    }
    const asked = Symbol();
    this.#asked = asked;
    try {
      const classifier = await toClassifier(learned, await this.#session.model);
      const evaluation = await classifier.evaluate();
      if (this.#asked !== asked) return;
      about.textContent = describeEvaluation(evaluation);
      place.replaceChildren(createConfusionTable(evaluation));
    } catch (error) {
      if (this.#asked === asked) sayError(error);
    }
  }

  #learned() {
    return this.#classes.filter(({ recordings }) => recordings.length > 0);
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
    const best = find('teach-best', HTMLParagraphElement);
    /** @type {number[][]} */
    const recent = [];
    try {
      const classifier = await toClassifier(this.#learned(), await this.#session.model);
      const { labels } = classifier;
      const names = labels.map(toName);
      const showShares = createShareBars(find('teach-result', HTMLElement), names);
      await listen(
        await this.#session.model,
        { ...this.#settings.values, hopSize: HOP_SIZE, center: false },
        {
          onOpen: () => this.#settings.listDevices(),
          onPiece() {},
          async onEmbedding({ embedding }) {
            const answers = await classifier.classify(embedding);
            recent.push(
              labels.map((label) => answers.find((answer) => answer.label === label)?.confidence ?? 0),
            );
            if (recent.length > SMOOTHING) recent.shift();
            const shares = names.map(
              (_, index) => recent.reduce((sum, confidences) => sum + confidences[index], 0) / recent.length,
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
