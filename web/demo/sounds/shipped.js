import { getEmbedding } from 'edgel3';
import { giveWay } from '../page/event_loop.js';
import { BACKGROUND_SOUNDS, SHIPPED_SOUNDS } from './sounds.js';

/** @import { EmbeddingModel, EmbeddingResult } from 'edgel3' */
/** @import { ShippedSound, Sound } from './sounds.js' */

/** @typedef {ShippedSound & { sound: Sound, rows: EmbeddingResult }} EmbeddedSound */

/** Seconds between the windows of a sound. */
export const HOP_SIZE = 0.25;

/** @type {Map<string, Sound>} made already, by name */
const made = new Map();

/** @type {WeakMap<EmbeddingModel, Map<ShippedSound, Promise<EmbeddedSound>>>} */
const embedded = new WeakMap();

/**
 * @param {Sound} sound
 * @param {EmbeddingModel} model
 */
export function embed({ samples, sampleRate }, model) {
  // Not centred: a window shall hold nothing but the sound.
  return getEmbedding(samples, sampleRate, { model, hopSize: HOP_SIZE, center: false, onWarning() {} });
}

/**
 * The sounds of the map, as a network hears them.
 *
 * @param {EmbeddingModel} model
 * @param {(sound: EmbeddedSound, index: number) => void} [onSound] as they come
 * @returns {Promise<EmbeddedSound[]>}
 */
export function embedShipped(model, onSound) {
  return embedAll(SHIPPED_SOUNDS, model, onSound);
}

/**
 * The same of all that comes with the page, for what is none of the sounds that were taught.
 *
 * @param {EmbeddingModel} model
 */
export async function embedBackground(model) {
  return embedAll([...SHIPPED_SOUNDS, ...BACKGROUND_SOUNDS], model);
}

/**
 * @param {ShippedSound[]} sounds
 * @param {EmbeddingModel} model
 * @param {(sound: EmbeddedSound, index: number) => void} [onSound]
 */
async function embedAll(sounds, model, onSound) {
  const known = embedded.get(model) ?? new Map();
  embedded.set(model, known);
  const all = [];
  for (const [index, shipped] of sounds.entries()) {
    let one = known.get(shipped);
    if (!one) {
      one = embedOne(shipped, model);
      known.set(shipped, one);
      await giveWay();
    }
    all.push(await one);
    onSound?.(all[index], index);
  }
  return all;
}

/**
 * @param {ShippedSound} shipped
 * @param {EmbeddingModel} model
 * @returns {Promise<EmbeddedSound>}
 */
async function embedOne(shipped, model) {
  const sound = soundOf(shipped);
  return { ...shipped, sound, rows: await embed(sound, model) };
}

/** @param {ShippedSound} shipped @returns {Sound} */
export function soundOf(shipped) {
  const sound = made.get(shipped.name) ?? shipped.create();
  made.set(shipped.name, sound);
  return sound;
}
