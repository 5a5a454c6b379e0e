import { stat } from 'node:fs/promises';
import { FLAG, readOptions } from '../common/options.js';
import { openAudio } from '../decoders/open_audio.js';
import { EMBEDDING_KINDS } from '../embedding/embedding.js';
import { toFilePath } from '../files/file_path.js';
import { countBytes } from './count_bytes.js';
import { embedAudio } from './embed_audio.js';
import { openSoundFile } from './open_sound_file.js';

/** @import { SoundOptions } from '../embedding/embedding.js' */
/** @import { TimedEmbedding } from '../embedding/stream.js' */
/** @import { DecodingOptions } from './open_sound_file.js' */

const KINDS = { ...EMBEDDING_KINDS, ffmpeg: FLAG };

/**
 * Embeds a sound file, and hands the embeddings over as they come: neither is ever in memory as a whole.
 *
 * @param {string | URL | AsyncIterable<Uint8Array>} source a path, or the bytes of a sound file, such as standard input
 * @param {(window: TimedEmbedding) => void | Promise<void>} onWindow the next window is computed when it is done
 * @param {SoundOptions & DecodingOptions} [options] `onProgress`: in bytes of the file
 * @returns {Promise<[number, number]>} how many windows there were, and the numbers in an embedding
 * @throws {import('../common/errors.js').EdgeL3Error} file_not_found, file_unreadable, file_unsupported, file_damaged, and
 *   what getEmbedding throws
 */
export async function processWindows(source, onWindow, options) {
  const { ffmpeg, ...own } = readOptions(options, KINDS);
  const isPath = typeof source === 'string' || source instanceof URL;
  const total = isPath ? await sizeOf(toFilePath('source', source)) : undefined;
  return embedAudio(
    (onRead) => (isPath ? openSoundFile(source, { ffmpeg }, onRead) : openAudio(countBytes(source, onRead))),
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

/** @param {string} path @returns {Promise<number | undefined>} bytes, if they can be told; what is wrong shows when it is read */
async function sizeOf(path) {
  const entry = await stat(path).catch(() => undefined);
  return entry?.size || undefined;
}
