import { orAborted, throwIfAborted } from '../common/abort.js';
import { withoutInherited } from '../common/options.js';
import { chooseModel } from '../embedding/embedding.js';
import { provenanceOf } from './provenance.js';
import { readPart } from './sound_part.js';

/** @import { FloatSamples } from '../common/samples.js' */
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
  let stop = () => opening.then(({ pieces }) => pieces.return(undefined)).then(() => {});
  try {
    const { sampleRate, pieces } = await orAborted(opening, signal);
    const part = readPart({ sampleRate, pieces }, { from, to });
    let samples = 0;
    const count = (/** @type {FloatSamples[]} */ [{ length }]) => {
      samples += length;
    };
    const embeddings = toStream(part, count)
      .pipeThrough(model.stream({ sampleRate, hopSize, center, onWarning }))
      .getReader();
    stop = () => embeddings.cancel();
    const dimension = model.embeddingDimension;
    const metadata = () => ({ ...provenanceOf(model, { hopSize, center, from, to }), sampleRate, samples });
    const writer = await openWriter({ dimension, hopSize, start: from, metadata });
    for (let count = 0; ; count++) {
      const { done: ended, value } = await orAborted(embeddings.read(), signal);
      if (ended) {
        await writer.end();
        return [count, dimension];
      }
      await writer.write(value.embedding);
      onProgress?.({ stage: 'embed', done, total });
    }
  } finally {
    // Not waited for: an input that nobody ends would never let go.
    stop().catch(() => {});
  }
}

/**
 * @template T
 * @param {AsyncGenerator<T>} generator
 * @param {(value: T) => void} onValue called with each
 * @returns {ReadableStream<T>} that takes the next when it is asked for it
 */
function toStream(generator, onValue) {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await generator.next();
        if (done) {
          controller.close();
        } else {
          onValue(value);
          controller.enqueue(value);
        }
      },
      async cancel() {
        await generator.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
