import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { randomNumbers } from '../../web/support/random_numbers.js';
import { Mutator } from './mutate.js';

/**
 * A module tests/fuzz/web/NAME.fuzz.js.
 *
 * @typedef {object} Target
 * @property {() => Promise<Uint8Array[]>} seeds good inputs
 * @property {(bytes: Uint8Array, peer?: import('./second_opinion.js').Peer) => Promise<void>} fuzz rejects if the input
 *   leads to anything but a sound result or an EdgeL3Error, or if the peer, where there is one, reads something else
 * @property {string[]} [landmarks] as mutate() takes them
 * @property {(bytes: Uint8Array) => void} [repair] makes the checksums right again, so that what they protect is read
 */

/** Seconds for which one input may take, a thousand times what most need: any longer it hangs. */
const MAX_SECONDS = 20;

/** Bytes of memory that the process may need at its peak. */
const MAX_MEMORY = 1_500_000_000;

const FINDINGS = fileURLToPath(new URL('../../../build/fuzz-findings/', import.meta.url));

/** A target with its inputs: the same in every run. */
export class Inputs {
  #repair;
  #mutator;

  /**
   * @param {Target} target
   * @param {Uint8Array[]} seeds
   */
  constructor({ landmarks = [], repair }, seeds) {
    this.#repair = repair;
    this.#mutator = new Mutator(seeds, landmarks);
  }

  /** @param {number} index */
  at(index) {
    const random = randomNumbers(Math.imul(index + 1, 0x9e3779b1));
    const bytes = this.#mutator.mutate(random);
    if (random() < 0.75) this.#repair?.(bytes);
    return bytes;
  }
}

/**
 * @param {string} name
 * @returns {Promise<{ target: Target, seeds: Uint8Array[], inputs: Inputs }>} `seeds`: good inputs, and what once was a
 *   finding; `inputs`: what becomes of them
 */
export async function openTarget(name) {
  /** @type {Target} */
  const target = await import(`./${name}.fuzz.js`);
  const folder = new URL(`findings/${name}/`, import.meta.url);
  const findings = existsSync(folder)
    ? readdirSync(folder).map((file) => readFileSync(new URL(file, folder)))
    : [];
  const seeds = [...(await target.seeds()), ...findings];
  return { target, seeds, inputs: new Inputs(target, seeds) };
}

/**
 * Feeds a target with mutated inputs, in a thread of its own, so that one which never ends is a finding too. A finding
 * is written to build/fuzz-findings.
 *
 * @param {string} name
 * @param {number} milliseconds
 * @param {number} [first] number of the first input; default: anywhere, so that every run goes on with others
 * @returns {Promise<number>} executions
 * @throws what the finding led to
 */
export async function runTarget(name, milliseconds, first = Math.floor(Math.random() * 2 ** 31)) {
  const { inputs } = await openTarget(name);
  // The number of the input at hand.
  const state = new Int32Array(new SharedArrayBuffer(4)).fill(first);
  const worker = new Worker(new URL('fuzz_worker.js', import.meta.url), {
    workerData: { name, milliseconds, state },
  });
  let [previous, seconds] = [-1, 0];
  const watch = setInterval(() => {
    const index = Atomics.load(state, 0);
    seconds = index === previous ? seconds + 1 : 0;
    previous = index;
    const { rss } = process.memoryUsage();
    if (seconds >= MAX_SECONDS) worker.emit('error', new Error(`it takes longer than ${MAX_SECONDS} s`));
    if (rss > MAX_MEMORY) worker.emit('error', new Error(`${rss} bytes of memory are in use`));
  }, 1000);
  try {
    await new Promise((resolve, reject) => worker.once('error', reject).once('exit', resolve));
    return Atomics.load(state, 0) - first;
  } catch (cause) {
    const input = inputs.at(Atomics.load(state, 0));
    const path = `${FINDINGS}${name}-${createHash('sha1').update(input).digest('hex')}`;
    mkdirSync(FINDINGS, { recursive: true });
    writeFileSync(path, input);
    throw new Error(`${name}: input ${Atomics.load(state, 0)}, written to ${path}`, { cause });
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}
