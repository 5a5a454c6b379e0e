// Makes the sounds in this folder, which the README and the tests teach: nobody's voice, nobody's recording.
import { mkdirSync, writeFileSync } from 'node:fs';

const RATE = 8000;
const SECONDS = 2;
const LENGTH = RATE * SECONDS;

/** Mulberry32, reproducible. @param {number} state */
function randomNumbers(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Chirps, high and quick, with short rests, in a little noise. @param {() => number} random */
function bird(random) {
  const sound = Float64Array.from({ length: LENGTH }, () => 0.01 * (random() - 0.5));
  const pitch = 2200 + 600 * random();
  for (let start = 0.05 * random(); start < SECONDS; start += 0.12 + 0.15 * random()) {
    const length = 0.05 + 0.06 * random();
    const sweep = (random() - 0.3) * 12_000;
    for (let n = Math.ceil(start * RATE); n < Math.min(LENGTH, (start + length) * RATE); n++) {
      const time = n / RATE - start;
      sound[n] +=
        0.5 *
        Math.sin((Math.PI * time) / length) *
        Math.sin(2 * Math.PI * time * (pitch + (sweep * time) / 2));
    }
  }
  return sound;
}

/** Harmonics of a low tone that trembles, and some noise. @param {() => number} random */
function engine(random) {
  const sound = new Float64Array(LENGTH);
  const pitch = 45 + 30 * random();
  const tremor = 3 + 4 * random();
  let phase = 0;
  for (let n = 0; n < LENGTH; n++) {
    phase += (2 * Math.PI * pitch * (1 + 0.03 * Math.sin((2 * Math.PI * tremor * n) / RATE))) / RATE;
    for (let k = 1; k <= 12; k++) sound[n] += (0.15 / k) * Math.sin(k * phase + k * k);
    sound[n] += 0.04 * (random() - 0.5);
  }
  return sound;
}

/** @param {Float64Array} sound @returns {Buffer} a WAV file with 16 bits */
function toWav(sound) {
  const file = Buffer.alloc(44 + 2 * sound.length);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(2 * RATE, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * sound.length, 40);
  for (const [n, sample] of sound.entries()) {
    file.writeInt16LE(Math.round(32_767 * Math.max(-1, Math.min(1, sample))), 44 + 2 * n);
  }
  return file;
}

const folder = new URL('./', import.meta.url);
for (const [label, make] of Object.entries({ bird, engine })) {
  mkdirSync(new URL(`taught/${label}`, folder), { recursive: true });
  for (let index = 1; index <= 3; index++) {
    writeFileSync(
      new URL(`taught/${label}/${label}-${index}.wav`, folder),
      toWav(make(randomNumbers(index * 100 + label.length))),
    );
  }
}
writeFileSync(new URL('unknown.wav', folder), toWav(bird(randomNumbers(999))));
