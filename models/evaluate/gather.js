import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * A kind of sound on the model card: which files of which Debian packages it is. `one of` many: of so many files only
 * the first.
 *
 * @typedef {{ package: string, files: RegExp, oneOf?: number }} Source
 */

/** @type {Record<string, Source[]>} */
const SETS = {
  speech: [{ package: 'tuxpaint-stamps-default', files: /_desc.*\.ogg$/, oneOf: 26 }],
  street: [
    {
      package: 'lincity-ng-data',
      files:
        /\/(Commune|DirtTrack|FireStation|Harbor|Health|Market|Monument\d|Parkland|RailTrain|Residential|School|Shanty|SportsCroud|Trafic|University)\w*\.wav$/,
    },
    {
      package: 'micropolis-data',
      files:
        /\/(airport|com|heavytraffic|honkhonk-\w+|ind|park|police|rail|res|road|seaport|siren|skid|stadium)\.wav$/,
    },
  ],
  machines_works: [
    {
      package: 'lincity-ng-data',
      files:
        /\/(Blacksmith|Build|CoalMine|Fire\d|Industry|Mill|MonumentConstruction|OreMine|Pottery|Power|Raze|Recycle|Rocket|Substation|Tip|WindMill)\w*\.wav$/,
    },
  ],
  machines_transport: [
    { package: 'openttd-opensfx', files: /\.cat$/ },
    { package: 'ri-li-data', files: /\.wav$/ },
    { package: 'simutrans-pak64', files: /\.wav$/ },
  ],
  machines_helicopters: [{ package: 'searchandrescue-data', files: /\/sounds\/.*\.wav$/ }],
  music: [
    { package: 'lincity-ng-data', files: /\/music\/.*\.ogg$/ },
    { package: 'searchandrescue-data', files: /\/music\/.*\.wav$/ },
  ],
  animals: [{ package: 'tuxpaint-stamps-default', files: /\/animals\/(?!.*_desc).*\.ogg$/ }],
  household: [
    { package: 'tuxpaint-stamps-default', files: /\/(hobbies|household|town|vehicles)\/(?!.*_desc).*\.ogg$/ },
  ],
};

/**
 * Copies the card's recordings from installed Debian packages into folders, one a set.
 *
 * @param {string} folder
 */
export async function gather(folder) {
  for (const [name, sources] of Object.entries(SETS)) {
    await mkdir(join(folder, name), { recursive: true });
    for (const source of sources) {
      const paths = filesOf(source.package).filter((path) => source.files.test(path));
      for (const [index, path] of paths.entries()) {
        if (index % (source.oneOf ?? 1) !== 0) continue;
        if (path.endsWith('.cat')) await unpack(path, join(folder, name));
        else await copyFile(path, join(folder, name, `${source.package}-${index}-${basename(path)}`));
      }
    }
  }
}

/** @param {string} name of an installed package */
function filesOf(name) {
  try {
    return execFileSync('dpkg', ['-L', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')
      .sort();
  } catch {
    throw new Error(`The card's recordings are in Debian's package ${name}, which is not installed.`);
  }
}

/**
 * OpenTTD's container: offset and size of each entry, the size of this table first; an entry is a name with its length
 * before it, and a WAV file.
 *
 * @param {string} path
 * @param {string} folder
 */
async function unpack(path, folder) {
  const bytes = await readFile(path);
  const entries = (bytes.readUInt32LE(0) & 0x7fff_ffff) / 8;
  for (let index = 0; index < entries; index++) {
    const start = bytes.readUInt32LE(index * 8) & 0x7fff_ffff;
    const wav = bytes.indexOf('RIFF', start);
    const size = bytes.readUInt32LE(wav + 4) + 8;
    if (bytes.readUInt32LE(bytes.indexOf('data', wav) + 4) === 0) continue; // no samples
    await writeFile(join(folder, `${basename(path, '.cat')}-${index}.wav`), bytes.subarray(wav, wav + size));
  }
}
