import { openMicrophone } from 'edgel3/microphone';

/** @import { EmbeddingModel } from 'edgel3' */
/** @import { Settings } from '../page/settings.js' */

/**
 * @typedef {object} Listeners
 * @property {(sampleRate: number) => void} onOpen
 * @property {(samples: Float32Array) => void} onPiece
 * @property {(result: import('edgel3').TimedEmbedding) => void | Promise<void>} onEmbedding
 */

/**
 * The way of live sound: from the microphone, or a stream in its place, through the network.
 *
 * @param {EmbeddingModel} model
 * @param {Settings} settings
 * @param {Listeners} listeners
 * @param {{ signal: AbortSignal, mediaStream?: MediaStream }} options signal: ends it
 * @returns {Promise<void>} when it was ended
 * @throws {import('edgel3').EdgeL3Error} as openMicrophone and model.stream
 */
export async function listen(model, { deviceId, hopSize, center }, listeners, { signal, mediaStream }) {
  const constraints = deviceId === '' ? {} : { deviceId: { exact: deviceId } };
  const microphone = await openMicrophone({ mediaStream, constraints, signal });
  try {
    const { readable, sampleRate } = microphone;
    listeners.onOpen(sampleRate);
    const watched = new TransformStream({
      transform(/** @type {Float32Array} */ samples, controller) {
        listeners.onPiece(samples);
        controller.enqueue(samples);
      },
    });
    await readable
      .pipeThrough(watched)
      .pipeThrough(model.stream({ sampleRate, hopSize, center, onWarning() {} }))
      .pipeTo(new WritableStream({ write: listeners.onEmbedding }));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await microphone.close();
  }
}
