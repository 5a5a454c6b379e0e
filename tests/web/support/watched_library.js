import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setEnvironmentData } from 'node:worker_threads';
import { build } from 'esbuild';

const WORKER = 'edgel3-worker.js';

/** What stands before the real core in a copy of the library: in every worker, with one memory for all. */
const WATCHING_CORE = `
import createRealModule from './real-core.js';
const state = process.getBuiltinModule('node:worker_threads').getEnvironmentData('edgel3-watched');
export default async function createModule(options) {
  const module = await createRealModule(options);
  const { loadModel } = module;
  module.loadModel = (bytes) => {
    Atomics.add(state, 0, 1);
    const model = loadModel(bytes);
    const { embed } = model;
    model.embed = (...args) => {
      const window = Atomics.add(state, 1, 1) + 1;
      for (let allowed = Atomics.load(state, 2); window > allowed; allowed = Atomics.load(state, 2)) {
        Atomics.wait(state, 2, allowed);
      }
      if (window === Atomics.load(state, 3)) process.exit(3);
      if (window === Atomics.load(state, 4)) throw new WebAssembly.RuntimeError('unreachable');
      return embed.apply(model, args);
    };
    return model;
  };
  return module;
}`;

/** A copy of the built library in which windows are counted and held up, and workers made to die. */
export class WatchedLibrary {
  #folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
  #state = new Int32Array(new SharedArrayBuffer(20));

  /** @returns {Promise<typeof import('edgel3')>} */
  async load() {
    cpSync(fileURLToPath(new URL('../../../dist', import.meta.url)), this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, 'package.json'), '{ "type": "module" }');
    renameSync(join(this.#folder, 'edgel3-core.js'), join(this.#folder, 'real-core.js'));
    const core = join(this.#folder, 'edgel3-core.js');
    writeFileSync(core, WATCHING_CORE);
    // The script of the workers has its core inside, so it is built anew.
    await build({
      entryPoints: [fileURLToPath(new URL('../../../web/engine/worker.js', import.meta.url))],
      outfile: join(this.#folder, WORKER),
      allowOverwrite: true,
      bundle: true,
      format: 'iife',
      define: { 'import.meta.url': '""' },
      plugins: [
        {
          name: 'watching-core',
          setup: ({ onResolve }) => onResolve({ filter: /\/edgel3-core\.js$/ }, () => ({ path: core })),
        },
      ],
    });
    setEnvironmentData('edgel3-watched', this.#state);
    return import(pathToFileURL(join(this.#folder, 'node.js')).href);
  }

  /** Forgets what was counted; nothing is held up, nobody dies. */
  reset() {
    this.#state.set([0, 0, 2 ** 31 - 1, 0, 0]);
  }

  /** Instances of the core so far: one in each worker. */
  get instances() {
    return Atomics.load(this.#state, 0);
  }

  /** Windows begun so far. */
  get windows() {
    return Atomics.load(this.#state, 1);
  }

  /** @param {number} count windows that may be computed; the next one waits until this is set anew */
  allow(count) {
    Atomics.store(this.#state, 2, count);
    Atomics.notify(this.#state, 2);
  }

  /** @param {number} count */
  async untilWindows(count) {
    while (this.windows < count) await new Promise((resolve) => setImmediate(resolve));
  }

  /** @param {number} window which one ends its worker */
  dieAt(window) {
    Atomics.store(this.#state, 3, window);
  }

  /** @param {number} window in which one the module traps */
  trapAt(window) {
    Atomics.store(this.#state, 4, window);
  }

  remove() {
    rmSync(this.#folder, { recursive: true });
  }

  /** Makes it impossible to start further workers. */
  removeWorker() {
    rmSync(join(this.#folder, WORKER));
  }
}
