// `edgel3/microphone`: what a page needs to listen. It needs nothing of the rest of the library.
import workletScript from 'script:./worklet.js';
import { onAbort, orAborted, throwIfAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { readOptions, SIGNAL } from '../common/options.js';

/**
 * What is listened to, and how.
 *
 * @typedef {object} MicrophoneOptions
 * @property {MediaStream} [mediaStream] what to listen to; its tracks are left running at the end. Default: a
 *   microphone, which is asked for
 * @property {MediaTrackConstraints} [constraints] for the microphone: `{ deviceId }` for a certain one. Echo
 *   cancellation, noise suppression and automatic gain are off unless they are asked for here, since they change what
 *   the network hears
 * @property {string | URL} [workletUrl] where `edgel3-microphone-worklet.js` is. Default: beside this module, and where
 *   it is not there, from a Blob (which a Content-Security-Policy must allow as `script-src blob:`)
 * @property {AbortSignal} [signal] ends the opening, or the listening with `aborted`
 */

/**
 * Live sound.
 *
 * @typedef {object} Microphone
 * @property {ReadableStream<Float32Array>} readable mono samples in [-1, 1], some 20 ms in each piece, as they come.
 *   Cancelling it closes the microphone; it fails with `microphone_ended` if the device goes away, or if nobody has
 *   read for a minute
 * @property {number} sampleRate Hz, in which the samples really come: give it to `model.stream`
 * @property {() => Promise<void>} close stops listening: `readable` ends, and everything is released. May be called
 *   twice
 */

const PROCESSING_OFF = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** @type {Record<keyof MicrophoneOptions, import('../common/options.js').Kind>} */
const MICROPHONE_KINDS = {
  mediaStream: {
    expected: 'a MediaStream',
    isValid: (value) => typeof value?.getAudioTracks === 'function',
  },
  constraints: {
    expected: 'an object of constraints',
    isValid: (value) => typeof value === 'object' && value !== null,
  },
  workletUrl: {
    expected: 'a URL',
    isValid: (value) => typeof value === 'string' || Object.prototype.toString.call(value) === '[object URL]',
  },
  signal: SIGNAL,
};

/** Seconds of samples that may wait to be read. */
const MAX_WAITING = 60;

/** Milliseconds for the audio thread to let go of its nodes: WebKit crashes if the context is closed before that. */
const SETTLING_TIME = 50;

/**
 * Opens a microphone, or listens to a MediaStream. To be called from a click or the like: browsers let no page listen
 * before the user did something.
 *
 * @param {MicrophoneOptions} [options]
 * @returns {Promise<Microphone>}
 * @throws {EdgeL3Error} microphone_denied, microphone_missing, worker_failed (the worklet could not be loaded), aborted
 */
export async function openMicrophone(options) {
  const { mediaStream, constraints, workletUrl, signal } = readOptions(options, MICROPHONE_KINDS);
  throwIfAborted(signal);
  const asked = mediaStream ? Promise.resolve(mediaStream) : askForMicrophone(constraints);
  const release = () => {
    if (mediaStream) return;
    asked.then(
      (stream) => stopTracks(stream),
      () => {},
    );
  };
  /** @type {AudioContext | undefined} */
  let context;
  try {
    const stream = await orAborted(asked, signal);
    const [track] = stream.getAudioTracks();
    if (!track) throw new EdgeL3Error('microphone_missing', 'This MediaStream has no audio track.');
    context = createContext(track);
    await orAborted(loadWorklet(context, workletUrl), signal);
    return capture(context, stream, track, release, signal);
  } catch (error) {
    release();
    await context?.close();
    throw error;
  }
}

/**
 * @param {AudioContext} context with the worklet loaded
 * @param {MediaStream} stream
 * @param {MediaStreamTrack} track
 * @param {() => void} release
 * @param {AbortSignal | undefined} signal
 * @returns {Microphone}
 */
function capture(context, stream, track, release, signal) {
  const source = context.createMediaStreamSource(stream);
  const node = new AudioWorkletNode(context, 'edgel3-capture', {
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  /** @type {ReadableStreamDefaultController<Float32Array>} */
  let controller;
  /** @type {Promise<void> | undefined} */
  let closing;
  /** @param {() => void} endStream */
  const close = (endStream) => {
    closing ??= stop(endStream);
    return closing;
  };
  /** @param {EdgeL3Error} error */
  const fail = (error) => close(() => controller.error(error));
  const onEnded = () => fail(new EdgeL3Error('microphone_ended', 'The microphone was taken away.'));
  const stopListening = onAbort(signal, fail);
  /** @param {() => void} endStream */
  const stop = async (endStream) => {
    endStream();
    track.removeEventListener('ended', onEnded);
    stopListening();
    node.port.postMessage('stop');
    source.disconnect();
    node.disconnect();
    release();
    await new Promise((resolve) => setTimeout(resolve, SETTLING_TIME));
    await context.close();
  };

  const readable = new ReadableStream(
    {
      start(readableController) {
        controller = readableController;
      },
      cancel: () => close(() => {}),
    },
    { highWaterMark: MAX_WAITING * context.sampleRate, size: ({ length }) => length },
  );
  node.port.onmessage = ({ data }) => {
    if (closing) return;
    controller.enqueue(data);
    if (Number(controller.desiredSize) < 0) {
      fail(new EdgeL3Error('microphone_ended', `Nobody has read the samples for ${MAX_WAITING} seconds.`));
    }
  };
  track.addEventListener('ended', onEnded);
  // Its output is silent, but a node that leads nowhere is not run everywhere.
  source.connect(node).connect(context.destination);
  // Stays pending until the user did something, and then the samples come.
  context.resume().catch(() => {});
  return { readable, sampleRate: context.sampleRate, close: () => close(() => controller.close()) };
}

/**
 * @param {MediaTrackConstraints} [constraints]
 * @returns {Promise<MediaStream>}
 */
async function askForMicrophone(constraints) {
  if (!navigator.mediaDevices) {
    throw new EdgeL3Error(
      'microphone_missing',
      'This page cannot use a microphone; it must come over https or from localhost.',
    );
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { ...PROCESSING_OFF, ...constraints } });
  } catch (cause) {
    const { name, message } = /** @type {DOMException} */ (cause);
    if (name === 'NotAllowedError' || name === 'SecurityError') {
      throw new EdgeL3Error(
        'microphone_denied',
        'The user or the page does not allow the use of the microphone.',
        cause,
      );
    }
    throw new EdgeL3Error(
      'microphone_missing',
      `There is no microphone that can be used (${name}: ${message}).`,
      cause,
    );
  }
}

/**
 * @param {MediaStreamTrack} track
 * @returns {AudioContext} at the rate of the device, where the browser tells it: it should not resample
 */
function createContext(track) {
  const { sampleRate } = track.getSettings();
  // Seconds: the longest buffers there are (Chromium: 8192 samples). Nobody waits for what it plays, and sound is lost only
  // where the machine stands still for longer than that. With 'playback', Chromium has 1024.
  const latencyHint = 0.2;
  return new AudioContext(sampleRate === undefined ? { latencyHint } : { latencyHint, sampleRate });
}

/**
 * @param {AudioContext} context
 * @param {string | URL | undefined} workletUrl
 */
async function loadWorklet({ audioWorklet }, workletUrl) {
  try {
    await audioWorklet.addModule(workletUrl ?? new URL('./edgel3-microphone-worklet.js', import.meta.url));
  } catch (cause) {
    if (workletUrl !== undefined) throw workletError(cause);
    const url = URL.createObjectURL(new Blob([workletScript], { type: 'text/javascript' }));
    await audioWorklet.addModule(url).catch(() => {
      throw workletError(cause);
    });
    URL.revokeObjectURL(url);
  }
}

/** @param {unknown} cause */
function workletError(cause) {
  return new EdgeL3Error(
    'worker_failed',
    `The worklet of the microphone could not be loaded (${cause}); give 'workletUrl', where edgel3-microphone-worklet.js is.`,
    cause,
  );
}

/** @param {MediaStream} stream */
function stopTracks(stream) {
  for (const track of stream.getTracks()) track.stop();
}
