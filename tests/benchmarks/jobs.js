import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { measureByTurns } from './measure.js';
import { atLeast, milliseconds, times } from './rows.js';
import { benchmarkWindow } from './window.js';

/** As many as tell what a file costs beyond its share of the start. */
const FILES = 5000;
const SAMPLE_RATE = 48000;
const COMMAND = fileURLToPath(new URL('../../dist/cli/edgel3.js', import.meta.url));

/**
 * Many short files through the command line, by one job and by two: each with an output of its own, and all in one table.
 *
 * @param {number} rounds at most two of them are run, for each takes minutes
 * @returns {Promise<import('./bench.js').Measurements>}
 */
export async function measureJobs(rounds) {
  const folder = await mkdtemp(join(tmpdir(), 'edgel3-bench-'));
  try {
    const sound = toWave(benchmarkWindow(SAMPLE_RATE));
    const files = Array.from({ length: FILES }, (_, index) => join(folder, `${index}.wav`));
    for (const file of files) await writeFile(file, sound);
    const embed = (/** @type {string[]} */ output, /** @type {number} */ jobs) =>
      promisify(execFile)(process.execPath, [
        ...process.execArgv,
        ...[COMMAND, ...files, ...output, '--overwrite', '--jobs', String(jobs)],
      ]);
    const own = ['--output-dir', folder];
    const table = ['--combine', join(folder, 'table.parquet')];
    const timings = await measureByTurns(
      {
        'one job': () => embed(own, 1),
        'two jobs': () => embed(own, 2),
        'one job, one table': () => embed(table, 1),
        'two jobs, one table': () => embed(table, 2),
      },
      Math.min(rounds, 2),
    );
    const compare = (/** @type {string} */ name, /** @type {number} */ slow, /** @type {number} */ fast) =>
      atLeast(`${FILES.toLocaleString('en')} files of 1 s, built-in model, ${name}: two jobs against one`, {
        value: slow / fast,
        least: 1.85,
        unit: times,
        detail: `${milliseconds(fast)} : ${milliseconds(slow)}`,
      });
    return {
      timings,
      agreements: [],
      rows: [
        compare('an output each', timings['one job'].median, timings['two jobs'].median),
        compare('one table', timings['one job, one table'].median, timings['two jobs, one table'].median),
      ],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * A WAV file of one channel in float32.
 *
 * @param {Float32Array} samples
 */
function toWave(samples) {
  const bytes = samples.byteLength;
  const header = new DataView(new ArrayBuffer(44));
  const write = (/** @type {number} */ offset, /** @type {string} */ text) => {
    for (let i = 0; i < text.length; i++) header.setUint8(offset + i, text.charCodeAt(i));
  };
  write(0, 'RIFF');
  header.setUint32(4, 36 + bytes, true);
  write(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 3, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, SAMPLE_RATE, true);
  header.setUint32(28, 4 * SAMPLE_RATE, true);
  header.setUint16(32, 4, true);
  header.setUint16(34, 32, true);
  write(36, 'data');
  header.setUint32(40, bytes, true);
  return new Uint8Array(Buffer.concat([Buffer.from(header.buffer), new Uint8Array(samples.buffer)]));
}
