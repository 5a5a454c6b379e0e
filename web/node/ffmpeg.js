import { spawn, spawnSync } from 'node:child_process';
import { EdgeL3Error } from '../common/errors.js';

/** Characters of what ffmpeg says that are kept: of a damaged file it may complain without end. */
const MOST_WORDS = 4096;

/** @returns {boolean} whether the program ffmpeg is on PATH, which decodes what this library does not read */
export function hasFfmpeg() {
  return spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0;
}

/**
 * Decodes the first sound in a file by the program `ffmpeg`, which reads nearly all formats there are.
 *
 * @param {string} path
 * @returns {AsyncGenerator<Uint8Array>} a WAV file of 32-bit floats at the sound's own rate, of unknown length
 * @throws {EdgeL3Error} file_unsupported: there is no ffmpeg, or it cannot read the file; file_damaged: it complains of the
 *   sound. Ending the generator ends the program.
 */
export async function* decodeByFfmpeg(path) {
  const input = ['-nostdin', '-hide_banner', '-v', 'error', '-i', `file:${path}`, '-map', '0:a:0'];
  const output = ['-bitexact', '-c:a', 'pcm_f32le', '-f', 'wav', '-'];
  const program = spawn('ffmpeg', [...input, ...output], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => {
    program.on('error', resolve);
    program.on('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? code)));
  });
  let words = '';
  program.stderr.setEncoding('utf8').on('data', (text) => {
    words = (words + text).slice(0, MOST_WORDS);
  });
  // Node does not end what it has started.
  const kill = () => program.kill('SIGKILL');
  process.once('exit', kill);
  let hasBegun = false;
  try {
    for await (const chunk of program.stdout) {
      hasBegun = true;
      yield chunk;
    }
    const failure = await ended;
    if (failure === undefined && words === '') return;
    const reason =
      failure instanceof Error ? failure.message : toSentence(words, path) || `it ended with ${failure}`;
    if (hasBegun) throw new EdgeL3Error('file_damaged', `This file is damaged; ffmpeg says: ${reason}.`);
    const isMissing = failure instanceof Error && Reflect.get(failure, 'code') === 'ENOENT';
    throw new EdgeL3Error(
      'file_unsupported',
      isMissing ? 'With the program ffmpeg on PATH it would be read' : `ffmpeg says: ${reason}`,
    );
  } finally {
    process.off('exit', kill);
    kill();
  }
}

/**
 * The last line of what ffmpeg says, without the name of the file and the address of the part that says it.
 *
 * @param {string} words
 * @param {string} path
 */
function toSentence(words, path) {
  const [line = ''] = words.trim().split('\n').slice(-1);
  return line.replace(/^\[[^\]]*\] */, '').replace(`file:${path}: `, '');
}
