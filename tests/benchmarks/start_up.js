/** Prints the milliseconds from the bytes of module and built-in model in memory to the first embedding. */

import { instantiate, readBuiltInModel, readPackage } from './modules.js';
import { benchmarkWindow } from './window.js';

const { createModule, wasm } = await readPackage('relaxed');
const file = await readBuiltInModel();
const window = benchmarkWindow(8000);
const begin = performance.now();
const { module } = await instantiate(createModule, wasm);
module.loadModel(file).embed(window, window.length);
console.log(performance.now() - begin);
