// Every seed and every past finding of the fuzzers, and a few hundred mutations; `npm run fuzz` goes on.
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { openTarget } from './run_target.js';

const MUTATIONS = 100;

const ENDING = '.fuzz.js';
const names = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith(ENDING));

for (const name of names.map((file) => file.slice(0, -ENDING.length))) {
  test(`${name}: any bytes lead to a result or to an EdgeL3Error`, async () => {
    const { target, seeds, inputs } = await openTarget(name);
    for (const seed of seeds) await target.fuzz(seed);
    for (let index = 0; index < MUTATIONS; index++) {
      await target.fuzz(inputs.at(index)).catch((cause) => {
        throw new Error(`input ${index} of ${name}`, { cause });
      });
    }
  });
}
