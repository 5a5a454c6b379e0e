import { find, listenToFiles } from '../page/dom.js';
import { download } from '../page/download.js';
import { Messages } from '../page/messages.js';
import { player } from '../sound/player.js';
import { readBeginning } from '../sound/sound_file.js';
import { embedBackground } from '../sounds/shipped.js';
import { ClassRow } from './class_row.js';
import {
  embedClasses,
  embedExample,
  examplesFor,
  readExamples,
  teachExamples,
  teachWithBackground,
} from './classifier.js';
import { createConfusionTable, describeEvaluation } from './confusion_table.js';
import { exampleClasses, showTryButtons } from './example.js';
import { Recogniser } from './recogniser.js';
import { loadTaught, saveTaught } from './storage.js';
import { createId, Taught } from './taught.js';

/** @import { SoundClassifier } from 'edgel3/analysis' */
/** @import { Session } from '../page/session.js' */
/** @import { SettingsForm } from '../page/settings.js' */
/** @import { Sound } from '../sounds/sounds.js' */
/** @import { SoundClass } from './taught.js' */

/** Seconds of a file that count. */
const LONGEST = 60;

/** Milliseconds. */
const SAVING_DELAY = 200;

/** Sounds with names, learned from a few examples and recognised as they come. */
export class TeachView {
  #session;
  #settings;
  #messages = new Messages('teach-message');
  #taught = new Taught(['tap', 'whistle'].map((name) => ({ id: createId(), name, recordings: [] })));
  /** @type {Map<string, ClassRow>} by the classes' ids */
  #rows = new Map();
  #start = find('teach-start', HTMLButtonElement);
  #stop = find('teach-stop', HTMLButtonElement);
  /** @type {AbortController | undefined} */
  #listening;
  /** @type {symbol | undefined} the last question how well sounds are told apart; answers to earlier ones come too late */
  #asked;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saving;
  #ready;

  /**
   * @param {Session} session
   * @param {SettingsForm} settings
   */
  constructor(session, settings) {
    this.#session = session;
    this.#settings = settings;
    find('teach-add', HTMLButtonElement).onclick = () => this.#addClass();
    find('teach-example', HTMLButtonElement).onclick = () => this.#teachExample();
    find('teach-undo', HTMLButtonElement).onclick = () => this.#taught.undo();
    find('teach-save', HTMLButtonElement).onclick = () => this.#save();
    listenToFiles(find('teach-load', HTMLInputElement), ([file]) => this.load(file));
    this.#start.onclick = () => this.#listen();
    this.#stop.onclick = () => this.stop();
    session.addEventListener('change', () => this.#embed());
    this.#show();
    this.#ready = this.#restore();
    this.#taught.addEventListener('change', () => {
      this.#show();
      this.#embed();
    });
  }

  stop() {
    this.#listening?.abort();
    player.stop();
  }

  /** @returns {Promise<SoundClassifier | undefined>} what was taught, for other views; undefined where that is too little */
  async classifier() {
    const model = await this.#session.model;
    const examples = examplesFor(await this.#embed(), model);
    return examples.length < 1
      ? undefined
      : teachWithBackground(examples, model, await embedBackground(model));
  }

  /** For who comes from the map. */
  async teachExampleUnlessTaught() {
    await this.#ready;
    if (this.#taught.classes.every(({ recordings }) => recordings.length === 0)) this.#teachExample();
  }

  /** @param {File} file of examples, as #save or `edgel3 teach` write it */
  async load(file) {
    this.#begin();
    try {
      await this.#ready;
      const classes = readExamples(await file.text(), await this.#session.model);
      this.#taught.replace(`load ${file.name}`, classes);
      this.#messages.say(`${file.name} was loaded.`, { action: 'Undo', onAction: () => this.#taught.undo() });
    } catch (error) {
      this.#messages.sayError(error, file.name);
    }
  }

  /** @param {File[]} files @param {EventTarget | null} target where they were dropped */
  addDropped(files, target) {
    const id = target instanceof Element && target.closest('.class')?.getAttribute('data-id');
    const soundClass = this.#taught.classes.find((one) => one.id === id);
    if (soundClass) this.#learnFiles(soundClass, files);
    else this.#messages.say('Drop a sound on the row of what it is.');
  }

  /** What was kept at the last visit. */
  async #restore() {
    try {
      const kept = await loadTaught();
      if (kept) this.#taught.refresh(kept);
    } catch {
      this.#messages.say(
        'This browser keeps nothing for this page: what you teach is lost when it is closed. Save it.',
      );
    }
  }

  /** Once nothing has changed for a moment: names are typed letter by letter. */
  #keep() {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => {
      saveTaught(this.#taught.classes).catch(() =>
        this.#messages.say('This could not be stored on this device: save it before you leave.'),
      );
    }, SAVING_DELAY);
  }

  /**
   * Lets the network listen to what it has not heard yet.
   *
   * @returns {Promise<SoundClass[]>}
   */
  async #embed() {
    await this.#ready;
    const model = await this.#session.model;
    for (;;) {
      const { classes } = this.#taught;
      const embedded = await embedClasses(classes, model);
      if (classes !== this.#taught.classes) continue;
      if (embedded !== classes) this.#taught.refresh(embedded);
      else {
        this.#keep();
        this.#showConfusion(model);
      }
      return embedded;
    }
  }

  #begin() {
    this.stop();
    this.#messages.clear();
  }

  #addClass() {
    this.#begin();
    this.#taught.addClass(`sound ${this.#taught.classes.length + 1}`);
    const row = this.#rows.get(String(this.#taught.classes.at(-1)?.id));
    row?.element.querySelector('input')?.select();
  }

  #teachExample() {
    this.#begin();
    const taught = this.#taught.classes.filter(({ recordings }) => recordings.length > 0);
    this.#taught.replace('teach birds and engines', [...taught, ...exampleClasses()]);
  }

  async #save() {
    try {
      const model = await this.#session.model;
      const classifier = await teachExamples(examplesFor(await this.#embed(), model), model);
      // With what was learned, the file needs no learning where it is used.
      if (classifier.labels.length > 1) await classifier.train();
      download('my-sounds.json', JSON.stringify(classifier));
    } catch (error) {
      this.#messages.sayError(error);
    }
  }

  async #show() {
    const { classes, undoable } = this.#taught;
    const model = await this.#session.model.catch(() => undefined);
    const place = find('teach-classes', HTMLElement);
    for (const [id, row] of this.#rows) {
      if (classes.some((one) => one.id === id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    for (const [index, soundClass] of classes.entries()) {
      const row = this.#rows.get(soundClass.id) ?? this.#createRow(soundClass.id, soundClass);
      this.#rows.set(soundClass.id, row);
      row.update(soundClass, model?.identity.sha256);
      if (place.children[index] !== row.element) place.insertBefore(row.element, place.children[index]);
    }
    const undo = find('teach-undo', HTMLButtonElement);
    undo.disabled = undoable === undefined;
    undo.textContent = undoable === undefined ? 'Undo' : `Undo: ${undoable}`;
    this.#start.disabled = classes.every(({ recordings }) => recordings.length === 0);
    showTryButtons(find('teach-try', HTMLElement), classes, (sound) => this.#recognise(sound));
  }

  /** @param {string} id @param {SoundClass} soundClass */
  #createRow(id, soundClass) {
    // Asked each time: states are replaced.
    const now = () => this.#taught.classes.find((one) => one.id === id) ?? soundClass;
    const offerUndo = (/** @type {string} */ text) =>
      this.#messages.say(text, { action: 'Undo', onAction: () => this.#taught.undo() });
    return new ClassRow(soundClass, {
      onRename: (name) => this.#taught.rename(now(), name),
      chooseDevice: () => this.#settings.values.deviceId,
      onStart: () => this.#begin(),
      onSound: (sound) => {
        this.#settings.listDevices();
        this.#taught.addRecording(now(), { origin: 'recording', sound });
      },
      onError: (error) => this.#messages.sayError(error),
      onFiles: (files) => this.#learnFiles(now(), files),
      onDelete: (recording) => {
        this.#begin();
        this.#taught.removeRecording(now(), recording);
        offerUndo(`A recording of ${now().name} was deleted.`);
      },
      onRemove: () => {
        this.#begin();
        const { name } = now();
        this.#taught.removeClass(now());
        offerUndo(`${name} was removed.`);
        find('teach-add', HTMLButtonElement).focus();
      },
    });
  }

  /** @param {import('edgel3').EmbeddingModel} model */
  async #showConfusion(model) {
    const place = find('teach-confusion', HTMLElement);
    const about = find('teach-accuracy', HTMLElement);
    const examples = examplesFor(this.#taught.classes, model);
    const asked = Symbol();
    this.#asked = asked;
    if (examples.length < 2) {
      about.textContent = '';
      place.textContent = 'Give at least two sounds a recording.';
      return;
    }
    try {
      const evaluation = await (await teachExamples(examples, model)).evaluate();
      if (this.#asked !== asked) return;
      about.textContent = describeEvaluation(evaluation);
      place.replaceChildren(createConfusionTable(evaluation));
    } catch (error) {
      if (this.#asked === asked) this.#messages.sayError(error);
    }
  }

  /** @param {SoundClass} soundClass @param {File[]} files */
  async #learnFiles(soundClass, files) {
    this.#begin();
    for (const file of files) {
      try {
        const { samples, sampleRate } = await readBeginning(file, LONGEST);
        // Before it is kept: what cannot be embedded teaches nothing.
        await embedExample({ samples, sampleRate }, await this.#session.model);
        this.#taught.addRecording(soundClass, { origin: file.name, sound: { samples, sampleRate } });
      } catch (error) {
        this.#messages.sayError(error, file.name);
      }
    }
  }

  /** Says what a sound is, and lets it be heard. @param {Sound} sound */
  async #recognise(sound) {
    this.#begin();
    try {
      player.play(sound).catch((error) => this.#messages.sayError(error));
      const classifier = await this.classifier();
      if (!classifier) return;
      const recogniser = new Recogniser(classifier.labels);
      const rows = await embedExample(sound, await this.#session.model);
      recogniser.show(recogniser.toConfidences(await classifier.classify(rows)));
    } catch (error) {
      this.#messages.sayError(error);
    }
  }

  async #listen() {
    this.#begin();
    const controller = new AbortController();
    const { signal } = controller;
    this.#listening = controller;
    this.#showButtons(true);
    try {
      const classifier = await this.classifier();
      if (!classifier || signal.aborted) return;
      await new Recogniser(classifier.labels).listen(classifier, await this.#session.model, {
        deviceId: this.#settings.values.deviceId,
        onOpen: () => this.#settings.listDevices(),
        signal,
      });
    } catch (error) {
      if (!signal.aborted) this.#messages.sayError(error);
    } finally {
      if (this.#listening === controller) this.#showButtons(false);
    }
  }

  /** The one takes the place of the other, and the focus with it. @param {boolean} isListening */
  #showButtons(isListening) {
    const [from, to] = isListening ? [this.#start, this.#stop] : [this.#stop, this.#start];
    const hadFocus = document.activeElement === from;
    from.hidden = true;
    to.hidden = false;
    if (hadFocus) to.focus();
    find('teach', HTMLElement).classList.toggle('listening', isListening);
    // What it hears shall be seen, on a phone too.
    if (isListening) find('teach-best', HTMLElement).scrollIntoView({ block: 'nearest' });
  }
}
