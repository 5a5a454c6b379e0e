import { stat } from 'node:fs/promises';
import { CALLBACK, checkOption, FLAG, readOptions } from '../common/options.js';
import { openAudio } from '../decoders/open_audio.js';
import { EMBEDDING_KINDS } from '../embedding/embedding.js';
import { toFilePath } from '../files/file_path.js';
import { isUrl } from '../platform/byte_source.js';
import { countBytes } from './count_bytes.js';
import { embedAudio } from './embed_audio.js';
import { inSeconds } from './in_seconds.js';
import { openSoundFile } from './open_sound_file.js';
import { checkStream } from './process_stream.js';

/** @import { AudioStream } from '../decoders/open_audio.js' */
/** @import { SoundOptions } from '../embedding/embedding.js' */
/** @import { TimedEmbedding } from '../common/embeddings.js' */
/** @import { DecodingOptions } from './open_sound_file.js' */

const KINDS = { ...EMBEDDING_KINDS, ffmpeg: FLAG, onSound: CALLBACK };

/**
 * Embeds a sound file, and hands the embeddings over as they come: neither is ever in memory as a whole.
 *
 * @param {string | URL | AsyncIterable<Uint8Array>} source a path, or the bytes of a sound file, such as standard input
 * @param {(window: TimedEmbedding) => void | Promise<void>} onWindow the next window is computed when it is done
 * @param {SoundOptions & DecodingOptions & { onSound?: (seconds: number) => void }} [options] `onProgress`: in bytes of the file;
 *   `onSound`: called when more of the sound has been read, with the seconds that it has so far
 * @returns {Promise<[number, number]>} how many windows there were, and the numbers in an embedding
 * @throws {import('../common/errors.js').EdgeL3Error} file_not_found, file_unreadable, file_unsupported, file_damaged, and
 *   what getEmbedding throws
 */
export async function processWindows(source, onWindow, options) {
  const { ffmpeg, onSound, ...own } = readOptions(options, KINDS);
  checkOption('onWindow', onWindow ?? null, { onWindow: CALLBACK });
  const isPath = isUrl(source);
  if (!isPath) checkStream('source', source);
  const total = isPath ? await sizeOf(toFilePath('source', source)) : undefined;
  const open = async (/** @type {(bytes: number) => void} */ onRead) =>
    isPath
      ? inSeconds(await openSoundFile(source, { ffmpeg }, onRead))
      : openAudio(countBytes(source, onRead));
  return embedAudio(
    onSound ? async (onRead) => countSeconds(await open(onRead), onSound) : open,
    async ({ hopSize }) => {
      let count = 0;
      return {
        write: async (embedding) => onWindow({ timestamp: count++ * hopSize, embedding }),
        end: async () => {},
      };
    },
    own,
    total,
  );
}

/**
 * @param {AudioStream} sound
 * @param {(seconds: number) => void} onSound
 * @returns {AudioStream}
 */
function countSeconds({ sampleRate, pieces }, onSound) {
  let length = 0;
  const counted = (async function* () {
    for await (const channels of pieces) {
      length += channels[0].length;
      onSound(length / sampleRate);
      yield channels;
    }
  })();
  return { sampleRate, pieces: counted };
}

/** @param {string} path @returns {Promise<number | undefined>} bytes, if they can be told; what is wrong shows when it is read */
async function sizeOf(path) {
  const entry = await stat(path).catch(() => undefined);
  return entry?.size || undefined;
}
