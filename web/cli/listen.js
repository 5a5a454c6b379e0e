import { EdgeL3Error, processWindows } from '../node.js';
import { ANALYSIS_OPTIONS, rounded, withModel } from './analysis_options.js';
import { ArrivalClock } from './arrival_clock.js';
import { CLASSIFIER_HELP, CLASSIFIER_OPTIONS, readClassifier, toEventOptions } from './classifier_options.js';
import { bareStandardInput, PCM_HELP, PCM_OPTIONS } from './standard_input.js';
import { printWhenTaken } from './standard_output.js';
import { UsageError } from './usage_error.js';

/** @import { SoundEvent } from '../node.js' */

const HELP = `edgel3 listen: embeddings, and sounds that are recognised, of live sound that never ends

Usage: arecord -t raw -f S16_LE -r 48000 | edgel3 listen --rate 48000 [options]

Reads standard input: bare samples, or a sound file that is still being written. Prints a line of JSON for each second: its time
by the clock of this computer, 'start' and 'end' in seconds since the beginning, and the embedding. With --with, sounds that
are recognised get a line too, with 'label' and 'confidence', as soon as they are over. Ends when the sound does, or by SIGTERM.

${PCM_HELP}      --format jsonl           the only one
${CLASSIFIER_HELP}  -t, --hop-size SECONDS       from one window to the next (default: 1; with --with as it was taught, of which one each
                               second is printed)
      --model FILE             another network than the built-in one; all of 'edgel3 --help' that chooses one works
  -j, --jobs N                 processors to use (default: all, at most 8)
  -h, --help                   print this
`;

const { recursive: _recursive, quiet: _quiet, ...OPTIONS } = ANALYSIS_OPTIONS;

/** Seconds of a window. */
const WINDOW = 1;

/** @type {import('./commands.js').Command} */
export const listen = {
  help: HELP,
  options: { ...PCM_OPTIONS, ...CLASSIFIER_OPTIONS, format: { value: 'FORMAT' }, ...OPTIONS },
  async run({ values, operands }, signal) {
    if (operands.length > 0) throw new UsageError(`'edgel3 listen' reads standard input, not ${operands[0]}`);
    if ((values.format ?? 'jsonl') !== 'jsonl') throw new UsageError('--format can be jsonl only');
    const source = bareStandardInput(values)?.() ?? process.stdin;
    const saved = values.with === undefined ? undefined : await readClassifier(String(values.with));
    return withModel(values, saved?.hopSize ?? 1, signal, async ({ model, hopSize }) => {
      const clock = new ArrivalClock();
      const events = saved?.of(model).stream(toEventOptions(values));
      const printing = events?.readable.pipeTo(
        new WritableStream({ write: (event) => printEvent(event, clock) }),
      );
      // Its errors are those of the writer.
      printing?.catch(() => {});
      const writer = events?.writable.getWriter();
      writer?.closed.catch(() => {});
      let printed = -1;
      try {
        await processWindows(
          source,
          async ({ timestamp, embedding }) => {
            const second = Math.floor(timestamp + hopSize / 2);
            if (!events || second > printed) await printWindow(timestamp, embedding, clock);
            printed = second;
            await writer?.write({ timestamp, embedding });
          },
          {
            model,
            hopSize,
            // A window shall hold nothing but what was heard.
            center: false,
            signal,
            onSound: (seconds) => clock.arrived(seconds),
            onWarning() {},
          },
        );
      } catch (error) {
        if (!signal.aborted) {
          writer?.abort().catch(() => {});
          throw error;
        }
        // What has been heard of a sound is told, though it may not be over.
        await writer?.close();
        await printing;
        throw new EdgeL3Error('aborted', 'Listening was ended.', error);
      }
      await writer?.close();
      await printing;
      return 0;
    });
  },
};

/** @param {number} start seconds @param {Float32Array} embedding @param {ArrivalClock} clock */
function printWindow(start, embedding, clock) {
  return printLine({
    time: clock.timeOf(start),
    start: rounded(start, 6),
    end: rounded(start + WINDOW, 6),
    // So many digits give back the same float32.
    embedding: Array.from(embedding, (value) => Number(value.toPrecision(9))),
  });
}

/** @param {SoundEvent} event @param {ArrivalClock} clock */
function printEvent({ start, end, label, confidence }, clock) {
  return printLine({
    time: clock.timeOf(start),
    start: rounded(start, 2),
    end: rounded(end, 2),
    label,
    confidence: rounded(confidence, 3),
  });
}

/** @param {object} facts */
function printLine(facts) {
  return printWhenTaken(`${JSON.stringify(facts)}\n`);
}
