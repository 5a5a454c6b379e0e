/** `npm run models:card`: the figures of the model card. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gather } from './gather.js';

const USAGE = `npm run models:card -- MODEL TEACHER FOLDER

Gathers the model card's recordings from the Debian packages that it names into folders below FOLDER, and prints how
near MODEL is to TEACHER on each of them. Put what is not in a package there yourself: the Free Spoken Digit Dataset's
files into FOLDER/digits, clips of a city's sensors into FOLDER/city_sensors.`;

const [model, teacher, folder, ...others] = process.argv.slice(2);
if (folder === undefined || others.length > 0) {
  console.error(USAGE);
  process.exitCode = 1;
} else {
  try {
    await gather(folder);
    const probes = ['digit=^(\\d)_', 'speaker=^\\d_([a-z]+)_'].flatMap((label) => ['--label', label]);
    const evaluate = fileURLToPath(new URL('evaluate.js', import.meta.url));
    const args = [evaluate, model, teacher, folder, ...probes, '--fold', '_(\\d+)\\.wav$'];
    process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}
