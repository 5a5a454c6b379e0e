import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Debian's: it has python3-soundfile where another Python that comes first on the path may not. */
const PYTHON = '/usr/bin/python3';

const SCRIPT = fileURLToPath(new URL('../../reference/read_sounds.py', import.meta.url));

/** @typedef {{ sampleRate: number, channels: Float64Array[] }} Opinion */

/** @typedef {(path: string) => Promise<Opinion | undefined>} Peer what soundfile reads; undefined: it refuses */

/**
 * Python's soundfile, as a second opinion on what a sound file holds.
 *
 * @returns {Peer | undefined} undefined where it is not installed
 */
export function openPeer() {
  if (spawnSync(PYTHON, ['-c', 'import soundfile']).status !== 0) return undefined;
  const python = spawn(PYTHON, [SCRIPT], { stdio: ['pipe', 'pipe', 'ignore'] });
  python.unref();
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  // The first line only says that it runs.
  const ready = lines.next();
  return async (path) => {
    await ready;
    python.stdin.write(`${path}\n`);
    const { value } = await lines.next();
    const { error, sampleRate, shape } = JSON.parse(value);
    if (error !== undefined) return undefined;
    const { buffer, byteOffset } = readFileSync(`${path}.f64`);
    const [frames, count] = shape;
    const samples = new Float64Array(buffer.slice(byteOffset, byteOffset + 8 * frames * count));
    const channels = Array.from({ length: count }, (_, channel) =>
      samples.subarray(channel * frames, (channel + 1) * frames),
    );
    return { sampleRate, channels };
  };
}
