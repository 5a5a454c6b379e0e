const SAMPLE = 'sample.wav';

/**
 * The sample, over and over, as if it came from a microphone, and to be heard.
 *
 * @returns {Promise<{ mediaStream: MediaStream, close: () => Promise<void> }>}
 */
export async function playSample() {
  const context = new AudioContext();
  await context.resume();
  const response = await fetch(SAMPLE);
  const buffer = await context.decodeAudioData(await response.arrayBuffer());
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  const destination = new MediaStreamAudioDestinationNode(context);
  source.connect(destination);
  source.connect(context.destination);
  source.start();
  return {
    mediaStream: destination.stream,
    async close() {
      source.stop();
      source.disconnect();
      await context.close();
    },
  };
}
