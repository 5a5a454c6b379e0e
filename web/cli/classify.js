import { processWindows } from '../node.js';
import {
  ANALYSIS_HELP,
  ANALYSIS_OPTIONS,
  listFiles,
  reportNoFiles,
  rounded,
  tablePrinter,
  withModel,
} from './analysis_options.js';
import { CLASSIFIER_HELP, CLASSIFIER_OPTIONS, readClassifier, toEventOptions } from './classifier_options.js';
import { EXIT_FAILED } from './exit_codes.js';
import { printError } from './report.js';
import { bareStandardInput, PCM_HELP, PCM_OPTIONS } from './standard_input.js';
import { isUsageError, UsageError } from './usage_error.js';

const HELP = `edgel3 classify: recognise the sounds that 'edgel3 teach' has learned

Usage: edgel3 classify --with my-sounds.json [options] INPUT...
       arecord -t raw -f S16_LE -r 16000 | edgel3 classify --with my-sounds.json --rate 16000 -

Prints file, start and end in seconds, label and confidence of each sound as it is over. INPUT is a file, a folder, or - for
standard input.

${CLASSIFIER_HELP}      --format FORMAT          text, csv or jsonl (default: text)
${PCM_HELP}${ANALYSIS_HELP.replace('one window to the next', 'one window to the next (default: as was taught)')}`;

/** @type {import('./commands.js').Command} */
export const classify = {
  help: HELP,
  options: {
    ...CLASSIFIER_OPTIONS,
    format: { value: 'FORMAT' },
    ...PCM_OPTIONS,
    ...ANALYSIS_OPTIONS,
  },
  async run({ values, operands }, signal) {
    if (values.with === undefined)
      throw new UsageError("--with FILE says what was learned by 'edgel3 teach'");
    if (operands.length === 0)
      throw new UsageError("no input files; 'edgel3 classify --help' shows how to use it");
    const bareInput = bareStandardInput(values);
    const isPiped = operands.includes('-');
    if (isPiped && operands.length > 1) throw new UsageError("give no other input beside '-'");
    if (bareInput && !isPiped) throw new UsageError("--rate is of standard input, '-'");
    const print = tablePrinter(values, ['file', 'start', 'end', 'label', 'confidence']);
    const saved = await readClassifier(String(values.with));
    const { paths, unreadable } = isPiped
      ? { paths: ['-'], unreadable: 0 }
      : await listFiles(operands, values);
    if (paths.length === 0) return reportNoFiles(operands);
    return withModel(values, saved.hopSize, signal, async ({ model, hopSize }) => {
      const classifier = saved.of(model);
      await classifier.train();
      let failed = unreadable;
      for (const file of paths) {
        const events = classifier.stream(toEventOptions(values));
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
          const source = isPiped ? (bareInput?.() ?? process.stdin) : file;
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
          printError(error, isPiped ? 'standard input' : file);
        }
      }
      return failed === 0 ? 0 : EXIT_FAILED;
    });
  },
};
