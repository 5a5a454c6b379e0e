import { readFile } from 'node:fs/promises';
import { EdgeL3Error, processWindows, SoundClassifier } from '../node.js';
import {
  ANALYSIS_HELP,
  ANALYSIS_OPTIONS,
  listFiles,
  reportNoFiles,
  rounded,
  tablePrinter,
  withModel,
} from './analysis_options.js';
import { EXIT_FAILED } from './exit_codes.js';
import { toNumber } from './options.js';
import { printError } from './report.js';
import { isUsageError, UsageError } from './usage_error.js';
import { wavHeader } from './wav_header.js';

const HELP = `edgel3 classify: recognise the sounds that 'edgel3 teach' has learned

Usage: edgel3 classify --with my-sounds.json [options] INPUT...
       arecord -t raw -f S16_LE -r 16000 | edgel3 classify --with my-sounds.json --raw-rate 16000 -

Prints file, start and end in seconds, label and confidence of each sound as it is over. INPUT is a file, a folder, or - for
standard input.

      --with FILE              what was learned, here or in a page
      --format FORMAT          text, csv or jsonl (default: text)
      --hold SECONDS           how long a sound must last (default: 0.3)
      --release SECONDS        how long it may be away without ending (default: 0.5)
      --raw-rate HZ            standard input is bare PCM at this rate: 16 bits, little-endian, one channel
${ANALYSIS_HELP}`;

/** @type {import('./commands.js').Command} */
export const classify = {
  help: HELP,
  options: {
    with: { value: 'FILE' },
    format: { value: 'FORMAT' },
    hold: { value: 'SECONDS', isNumber: true },
    release: { value: 'SECONDS', isNumber: true },
    'raw-rate': { value: 'HZ', isNumber: true },
    ...ANALYSIS_OPTIONS,
  },
  async run({ values, operands }, signal) {
    if (values.with === undefined)
      throw new UsageError("--with FILE says what was learned by 'edgel3 teach'");
    if (operands.length === 0)
      throw new UsageError("no input files; 'edgel3 classify --help' shows how to use it");
    const rawRate = toNumber('raw-rate', values);
    if (operands.includes('-') && operands.length > 1) throw new UsageError("give no other input beside '-'");
    if (rawRate !== undefined && operands[0] !== '-')
      throw new UsageError("--raw-rate is for standard input, '-'");
    if (rawRate !== undefined && !(Number.isInteger(rawRate) && rawRate > 0)) {
      throw new UsageError(`--raw-rate must be a whole number of Hz above 0, not ${rawRate}`);
    }
    const print = tablePrinter(values, ['file', 'start', 'end', 'label', 'confidence']);
    const json = await readJson(String(values.with));
    const { paths, unreadable } =
      operands[0] === '-' ? { paths: ['-'], unreadable: 0 } : await listFiles(operands, values);
    if (paths.length === 0) return reportNoFiles(operands);
    return withModel(values, 0.1, signal, async ({ model, hopSize }) => {
      const classifier = SoundClassifier.fromJSON(json, { model });
      await classifier.train();
      let failed = unreadable;
      for (const file of paths) {
        const events = classifier.stream({
          hold: toNumber('hold', values),
          release: toNumber('release', values),
          center: false,
        });
        const printing = events.readable.pipeTo(
          new WritableStream({
            write: ({ start, end, label, confidence }) =>
              print([file, rounded(start, 2), rounded(end, 2), label, rounded(confidence, 3)]),
          }),
        );
        // Its errors are those of the writer.
        printing.catch(() => {});
        const writer = events.writable.getWriter();
        writer.closed.catch(() => {});
        try {
          const source = file === '-' ? standardInput(rawRate) : file;
          await processWindows(source, (window) => writer.write(window), {
            model,
            hopSize,
            center: false,
            signal,
            onWarning() {},
          });
          await writer.close();
          await printing;
        } catch (error) {
          writer.abort().catch(() => {});
          if (signal.aborted || isUsageError(error)) throw error;
          failed++;
          printError(error, file === '-' ? 'standard input' : file);
        }
      }
      return failed === 0 ? 0 : EXIT_FAILED;
    });
  },
};

/** @param {string} path */
async function readJson(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (cause);
    if (code === 'ENOENT') throw new EdgeL3Error('file_not_found', `There is no file ${path}.`, cause);
    throw new EdgeL3Error('file_unreadable', `${path} could not be read (${code}).`, cause);
  }
}

/**
 * @param {number | undefined} rawRate Hz, of bare PCM
 * @returns {AsyncIterable<Uint8Array>} a sound file: bare PCM gets the header of a WAV file that does not know its length
 */
function standardInput(rawRate) {
  if (rawRate === undefined) return process.stdin;
  return (async function* () {
    yield wavHeader(rawRate);
    yield* process.stdin;
  })();
}
