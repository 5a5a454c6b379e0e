import { l2Normalize, meanOverTime } from 'edgel3/analysis';
import { create, createButton, find, listenToFiles, wantsStillness } from '../page/dom.js';
import { Messages } from '../page/messages.js';
import { player } from '../sound/player.js';
import { makeRecorder } from '../sound/recorder.js';
import { readBeginning } from '../sound/sound_file.js';
import { KINDS } from '../sounds/kinds.js';
import { embed, embedShipped, soundOf } from '../sounds/shipped.js';
import { SHIPPED_SOUNDS } from '../sounds/sounds.js';
import { layOut, placeAmong } from './layout.js';
import { createNeighbourList } from './neighbour_list.js';
import { describe, neighboursOf } from './neighbours.js';
import { SoundMap } from './sound_map.js';
import { Tour } from './tour.js';

/** @import { Session } from '../page/session.js' */
/** @import { SettingsForm } from '../page/settings.js' */
/** @import { Sound } from '../sounds/sounds.js' */
/** @import { MapSound } from './sound_map.js' */

/** Seconds of a recording, and those of a file that count. */
const RECORDING_TIME = 3;
const LONGEST = 30;

/** Neighbours that are named, and those to which a line leads. */
const NAMED = 5;
const LINKED = 3;

/** The sounds that come with the page, and the visitor's, on a plane on which those that are alike are close. */
export class MapView {
  #session;
  #map = new SoundMap(find('map-dots', HTMLElement), {
    onPoint: (sound) => this.#point(sound),
    onChoose: (sound) => this.#choose(sound),
  });
  #messages = new Messages('map-message');
  #tour = new Tour((sound) => this.#mark(sound));
  /** @type {MapSound[]} */
  #sounds = [];
  /** @type {MapSound | undefined} */
  #chosen;
  /** @type {symbol | undefined} the network for which the map is made; what comes of others comes too late */
  #making;
  #ready = Promise.resolve();
  #isReady = false;
  #panel = find('map', HTMLElement);

  /**
   * @param {Session} session
   * @param {SettingsForm} settings
   */
  constructor(session, settings) {
    this.#session = session;
    find('map-legend', HTMLElement).append(
      ...[...Object.keys(KINDS), 'yours'].map((kind) => {
        const entry = create('li', {}, [create('i', { className: 'swatch' }), kind]);
        entry.dataset.kind = kind;
        return entry;
      }),
    );
    makeRecorder(find('map-record', HTMLButtonElement), RECORDING_TIME, {
      choose: () => ({ deviceId: settings.values.deviceId }),
      onStart: () => this.#begin(),
      onSound: (sound) => {
        settings.listDevices();
        return this.#addSound(`recording ${1 + this.#countYours()}`, sound);
      },
      onError: (error) => this.#messages.sayError(error),
    });
    listenToFiles(find('map-input', HTMLInputElement), (files) => this.add(files));
    session.addEventListener('change', () => {
      this.#making = undefined;
      if (this.#isShown) this.show();
    });
    this.#createSounds();
  }

  /** Makes the map, once it is seen: other views shall not wait for it. */
  show() {
    if (!this.#making) this.#make();
  }

  /** @param {File[]} files */
  async add(files) {
    this.#begin();
    for (const file of files) {
      try {
        const { isWhole, ...sound } = await readBeginning(file, LONGEST);
        await this.#addSound(file.name, sound);
        if (!isWhole) this.#messages.say(`Of ${file.name} the first ${LONGEST} seconds count here.`);
      } catch (error) {
        this.#messages.sayError(error, file.name);
      }
    }
  }

  stop() {
    this.#tour.end();
    player.stop();
  }

  #make() {
    this.#ready = this.#makeNow();
    this.#ready.catch((error) => this.#messages.sayError(error));
  }

  /** Listens to all sounds, and lays them out. */
  async #makeNow() {
    const making = Symbol();
    this.#making = making;
    this.#isReady = false;
    const [own, yours] = [this.#shipped, this.#sounds.filter(({ kind }) => kind === 'yours')];
    this.#map.setListening(true);
    const model = await this.#session.model;
    const embedded = await embedShipped(model, (_, index) => this.#map.setKnown(own[index]));
    const embeddings = embedded.map(({ rows }) => pool(rows));
    const embeddingsOfYours = [];
    for (const { sound } of yours) embeddingsOfYours.push(pool(await embed(sound, model)));
    const places = await layOut(embeddings);
    if (this.#making !== making) return;
    for (const [index, sound] of own.entries()) {
      Object.assign(sound, { embedding: embeddings[index], place: places[index] });
    }
    for (const [index, sound] of yours.entries()) {
      sound.embedding = embeddingsOfYours[index];
      sound.place = placeAmong(sound.embedding, own);
    }
    this.#isReady = true;
    this.#map.setListening(false);
    this.#map.update();
    if (this.#chosen) this.#show(this.#chosen);
    else if (this.#isShown && !wantsStillness()) this.#tour.start(own);
  }

  /** Those that come with the page, in a ring, from where they fly. */
  #createSounds() {
    for (const [index, shipped] of SHIPPED_SOUNDS.entries()) {
      const angle = (2 * Math.PI * index) / SHIPPED_SOUNDS.length;
      /** @type {MapSound} */
      const sound = {
        name: shipped.name,
        kind: shipped.kind,
        get sound() {
          return soundOf(shipped);
        },
        embedding: new Float32Array(0),
        place: [0.5 + 0.36 * Math.cos(angle), 0.5 + 0.36 * Math.sin(angle)],
      };
      this.#sounds.push(sound);
      this.#map.add(sound);
    }
  }

  get #isShown() {
    return !this.#panel.hidden;
  }

  get #shipped() {
    return this.#sounds.filter(({ kind }) => kind !== 'yours');
  }

  /** @param {string} name @param {Sound} sound */
  async #addSound(name, sound) {
    await this.#ready;
    const embedding = pool(await embed(sound, await this.#session.model));
    const others = this.#shipped;
    /** @type {MapSound} */
    const one = { name, kind: 'yours', sound, embedding, place: [0.5, 1] };
    this.#sounds.push(one);
    this.#map.add(one);
    // From the lower edge, once it has been drawn there.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        one.place = placeAmong(embedding, others);
        this.#map.update();
        this.#chosen = undefined;
        this.#show(one);
      }),
    );
  }

  #countYours() {
    return this.#sounds.filter(({ kind }) => kind === 'yours').length;
  }

  /** Something is done by the visitor. */
  #begin() {
    this.#tour.end();
    this.#messages.clear();
  }

  /** @param {MapSound} sound */
  #point(sound) {
    this.#tour.end();
    if (this.#isReady) this.#mark(sound);
    if (player.isAllowed) this.#play(sound);
  }

  /** @param {MapSound} sound */
  #choose(sound) {
    this.#begin();
    this.#play(sound);
    if (this.#isReady) this.#show(sound);
  }

  /** @param {MapSound} sound */
  #play(sound) {
    this.#map.sound(sound);
    const onEnd = () => player.time === undefined && this.#map.sound(undefined);
    player.play(sound.sound, { onEnd }).catch((error) => this.#messages.sayError(error));
  }

  /** @param {MapSound} sound */
  #mark(sound) {
    const near = neighboursOf(sound, this.#sounds).slice(0, LINKED);
    this.#map.mark(
      sound,
      near.map((one) => one.sound),
    );
    find('map-caption', HTMLElement).textContent =
      `${sound.name}: most like it are ${near.map((one) => one.sound.name).join(', ')}`;
  }

  /** @param {MapSound} sound */
  #show(sound) {
    const before = this.#chosen === sound ? undefined : this.#chosen;
    this.#chosen = sound;
    this.#mark(sound);
    const neighbours = neighboursOf(sound, this.#sounds);
    find('map-name', HTMLElement).textContent = sound.name;
    const compared = find('map-compared', HTMLElement);
    if (sound.kind === 'yours' && !before) {
      compared.textContent = describe(neighbours, this.#sounds);
    } else if (before) {
      const rank = neighbours.findIndex((one) => one.sound === before);
      const { similarity } = neighbours[rank];
      compared.textContent = `${similarity.toFixed(2)} like ${before.name}: ${rank} of the other ${neighbours.length - 1} are more like it.`;
    } else {
      compared.textContent = 'Click another one to compare the two.';
    }
    find('map-neighbours', HTMLElement).replaceChildren(
      ...createNeighbourList(neighbours.slice(0, NAMED), (other) => this.#choose(other)),
    );
    const actions = find('map-chosen-actions', HTMLElement);
    actions.replaceChildren(createButton('Play', () => this.#play(sound), `Play ${sound.name}`));
    if (sound.kind === 'yours') {
      actions.append(createButton('Remove', () => this.#remove(sound), `Remove ${sound.name}`));
    }
    find('map-empty', HTMLElement).hidden = true;
    find('map-result', HTMLElement).hidden = false;
  }

  /** @param {MapSound} sound */
  #remove(sound) {
    this.#sounds = this.#sounds.filter((other) => other !== sound);
    this.#map.remove(sound);
    this.#map.mark(undefined, []);
    this.#chosen = undefined;
    find('map-empty', HTMLElement).hidden = false;
    find('map-result', HTMLElement).hidden = true;
    this.#messages.say(`${sound.name} was removed.`, {
      action: 'Undo',
      onAction: () => {
        this.#sounds.push(sound);
        this.#map.add(sound);
        this.#show(sound);
      },
    });
  }
}

/** @param {import('edgel3').EmbeddingResult} rows */
function pool(rows) {
  return l2Normalize(meanOverTime(rows));
}
