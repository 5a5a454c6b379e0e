import { onAbort, orAborted, throwIfAborted } from '../common/abort.js';
import { closedError } from '../common/errors.js';
import { giveAway } from '../common/given_away.js';
import { withoutInherited } from '../common/options.js';
import { chooseModel } from '../embedding/embedding.js';
import { embedPieces } from '../embedding/stream.js';
import { provenanceOf } from './provenance.js';
import { readPart } from './sound_part.js';

/** @import { AudioStream } from '../decoders/open_audio.js' */
/** @import { SoundOptions } from '../embedding/embedding.js' */
/** @import { PartOptions } from './sound_part.js' */

/**
 * Embeds a sound file as it is read, and writes the embeddings as they come: neither is ever in memory as a whole.
 *
 * @param {(onRead: (bytes: number) => void) => Promise<AudioStream>} open opens the sound, and says of each piece of its file
 *   that it was read
 * @param {(rows: import('../outputs/formats.js').RowsOptions) => Promise<import('../outputs/formats.js').RowWriter>} openWriter called once the sound begins
 * @param {SoundOptions & PartOptions} options
 * @param {number} [total] bytes of the sound file, if it is known
 * @returns {Promise<[number, number]>} the shape of what was written
 * @throws {import('../common/errors.js').EdgeL3Error} what `open`, getEmbedding and the writer throw
 */
export async function embedAudio(open, openWriter, options, total) {
  const own = withoutInherited(options);
  const { hopSize = 0.1, center = true, from, to, onProgress, signal, onWarning } = own;
  throwIfAborted(signal);
  const model = await chooseModel(own);
  let done = 0;
  const opening = open((bytes) => {
    done += bytes;
  });
  try {
    const { sampleRate, pieces, isLast } = await orAborted(opening, signal);
    const part = readPart({ sampleRate, pieces }, { from, to });
    let samples = 0;
    const dimension = model.embeddingDimension;
    const metadata = () => ({ ...provenanceOf(model, { hopSize, center, from, to }), sampleRate, samples });
    let count = 0;
    const sound = embedPieces(model, { sampleRate, hopSize, center, onWarning }, async (embeddings) => {
      const writer = await opened;
      for (const { embedding } of embeddings) {
        throwIfAborted(signal);
        await writer.write(embedding);
        count++;
        onProgress?.({ stage: 'embed', done, total });
      }
    });
    // The first windows are computed meanwhile.
    const opened = openWriter({ dimension, hopSize, start: from, metadata });
    opened.catch(() => {});
    const embed = async () => {
      for await (const channels of part) {
        throwIfAborted(signal);
        samples += channels[0].length;
        await sound.push(giveAway(channels), isLast?.());
      }
      await sound.finish();
      await (await opened).end();
    };
    let stopListening = () => {};
    const closed = new Promise((_, reject) => {
      stopListening = onAbort(model.closing, () => reject(closedError()));
    });
    try {
      await orAborted(Promise.race([embed(), closed]), signal);
      return [count, dimension];
    } finally {
      stopListening();
      sound.close();
      // What it has made is the caller's to clean up, also after an error.
      await opened.catch(() => {});
    }
  } finally {
    // Not waited for: an input that nobody ends would never let go.
    opening.then(leave).catch(() => {});
  }
}

/**
 * Lets go of what a sound is read from. What was not begun would never do so, therefore it is begun.
 *
 * @param {AudioStream} sound
 */
async function leave({ pieces }) {
  for await (const _ of pieces) break;
}
