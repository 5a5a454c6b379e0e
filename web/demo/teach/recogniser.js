import { listen } from '../live/listen.js';
import { find } from '../page/dom.js';
import { DEAD, peakOf, toMeter } from '../sound/level.js';
import { LONGEST_WAIT, SilentMicrophoneError } from '../sound/record.js';
import { HOP_SIZE, toName } from './classifier.js';
import { createConfidenceBars } from './confidence_bars.js';

/** @import { SoundClassifier, Answer, Label } from 'edgel3/analysis' */
/** @import { EmbeddingModel } from 'edgel3' */

/** Windows over which the confidences are averaged. */
const SMOOTHING = 5;

/** Seconds of nothing after which a microphone is known to be dead. */
const PATIENCE = 1;

/** Says what is heard, in a word and in bars. */
export class Recogniser {
  #labels;
  #showConfidences;

  /** @param {Label[]} labels */
  constructor(labels) {
    /** @type {Label[]} */
    this.#labels = labels.includes(null) ? labels : [...labels, null];
    this.#showConfidences = createConfidenceBars(find('teach-result', HTMLElement), this.#labels.map(toName));
  }

  /** @param {Answer[]} answers */
  toConfidences(answers) {
    return this.#labels.map((label) => answers.find((answer) => answer.label === label)?.confidence ?? 0);
  }

  /** @param {number[]} confidences */
  show(confidences) {
    this.#showConfidences(confidences);
    const name = toName(this.#labels[confidences.indexOf(Math.max(...confidences))]);
    // Only a change is read out to those who cannot see it.
    const best = find('teach-best', HTMLParagraphElement);
    if (best.textContent !== name) best.textContent = name;
  }

  /**
   * Listens to the microphone.
   *
   * @param {SoundClassifier} classifier
   * @param {EmbeddingModel} model
   * @param {{ deviceId: string, onOpen: () => void, signal: AbortSignal }} options
   * @throws {SilentMicrophoneError | import('edgel3').EdgeL3Error}
   */
  async listen(classifier, model, { deviceId, onOpen, signal }) {
    const meter = find('teach-level', HTMLMeterElement);
    const silence = new AbortController();
    /** @type {number[][]} */
    const recent = [];
    let rate = 0;
    let nothing = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let waiting;
    const wait = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => silence.abort(), LONGEST_WAIT);
    };
    meter.hidden = false;
    try {
      await listen(
        model,
        { deviceId, hopSize: HOP_SIZE, center: false },
        {
          onOpen(sampleRate) {
            rate = sampleRate;
            wait();
            onOpen();
          },
          onPiece(samples) {
            wait();
            const peak = peakOf(samples);
            meter.value = Math.max(toMeter(peak), meter.value - 0.05);
            nothing = peak < DEAD ? nothing + samples.length / rate : 0;
            if (nothing > PATIENCE) silence.abort();
          },
          onEmbedding: async ({ embedding }) => {
            recent.push(this.toConfidences(await classifier.classify(embedding)));
            if (recent.length > SMOOTHING) recent.shift();
            this.show(
              recent[0].map(
                (_, index) =>
                  recent.reduce((sum, confidences) => sum + confidences[index], 0) / recent.length,
              ),
            );
          },
        },
        { signal: AbortSignal.any([signal, silence.signal]) },
      );
    } finally {
      clearTimeout(waiting);
      meter.hidden = true;
    }
    if (silence.signal.aborted && !signal.aborted) throw new SilentMicrophoneError();
  }
}
