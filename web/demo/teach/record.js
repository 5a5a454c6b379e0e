import { openMicrophone } from 'edgel3/microphone';

/**
 * Records from the microphone.
 *
 * @param {number} duration seconds
 * @param {{ deviceId: string, onProgress: (share: number) => void }} options
 * @returns {Promise<{ samples: Float32Array, sampleRate: number }>}
 * @throws {import('edgel3').EdgeL3Error} as openMicrophone
 */
export async function record(duration, { deviceId, onProgress }) {
  const constraints = deviceId === '' ? {} : { deviceId: { exact: deviceId } };
  const { readable, sampleRate } = await openMicrophone({ constraints });
  const samples = new Float32Array(Math.round(duration * sampleRate));
  let length = 0;
  const reader = readable.getReader();
  while (length < samples.length) {
    const { done, value } = await reader.read();
    if (done) break;
    samples.set(value.subarray(0, samples.length - length), length);
    length = Math.min(samples.length, length + value.length);
    onProgress(length / samples.length);
  }
  await reader.cancel();
  return { samples, sampleRate };
}
