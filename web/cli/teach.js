import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EdgeL3Error, SoundClassifier } from '../node.js';
import { ANALYSIS_HELP, ANALYSIS_OPTIONS, listFiles, reportNoFiles, withModel } from './analysis_options.js';
import { embedCollection } from './collection.js';
import { EXIT_FAILED } from './exit_codes.js';
import { toNumber } from './options.js';
import { checkOutput, saveText } from './save_text.js';
import { print } from './standard_output.js';
import { UsageError } from './usage_error.js';

/** @import { Evaluation, Label } from '../node.js' */

const HELP = `edgel3 teach: learn to tell sounds apart from a few examples of each

Usage: edgel3 teach [options] FOLDER -o my-sounds.json

FOLDER has a folder for each kind of sound, with recordings of it; their names are the labels. One that is called
'background' stands for all that is none of the others. Prints how the sounds were told apart, each recording held out in
its turn and recognised by what was learned from the others.

  -o, --output FILE            where to write what was learned: embeddings, no sound
      --overwrite              replace FILE
      --head HEAD              auto, neighbours or linear (default: auto, whichever is better on held-out recordings)
      --threshold N            from 0 to less than 1: below this confidence the answer is 'nothing I know' (default: 0)
${ANALYSIS_HELP}`;

/** The folder whose label is null. */
const BACKGROUND = 'background';

/** @type {import('./commands.js').Command} */
export const teach = {
  help: HELP,
  options: {
    output: { short: 'o', value: 'FILE' },
    overwrite: {},
    head: { value: 'HEAD' },
    threshold: { value: 'N', isNumber: true },
    ...ANALYSIS_OPTIONS,
  },
  async run({ values, operands: [folder, ...rest] }, signal) {
    if (folder === undefined || rest.length > 0) throw new UsageError('it is: edgel3 teach FOLDER -o FILE');
    const output = await checkOutput(
      /** @type {string | undefined} */ (values.output),
      values.overwrite === true,
    );
    const labels = await listLabels(folder);
    if (labels.length < 2) {
      throw new UsageError(
        `${folder} must have a folder for each of at least two kinds of sounds; it has ${labels.length === 1 ? `only ${labels[0].name}` : 'none'}`,
      );
    }
    /** @type {Map<string, Label>} */
    const labelOf = new Map();
    let unreadable = 0;
    for (const { name, path } of labels) {
      const listed = await listFiles([path], { ...values, recursive: true });
      unreadable += listed.unreadable;
      for (const file of listed.paths) labelOf.set(file, name === BACKGROUND ? null : name);
    }
    if (labelOf.size === 0) return reportNoFiles(labels.map(({ path }) => path));
    return withModel(values, 0.1, signal, async (options) => {
      const classifier = new SoundClassifier({
        model: options.model,
        hopSize: options.hopSize,
        head: /** @type {any} */ (values.head),
        threshold: toNumber('threshold', values),
      });
      const { files, failed } = await embedCollection([...labelOf.keys()], options);
      for (const { path, rows } of files) {
        await classifier.addExample(/** @type {Label} */ (labelOf.get(path)), rows);
      }
      const evaluation = await classifier.evaluate();
      await saveText(output, `${JSON.stringify(classifier)}\n`);
      if (!options.quiet) print(`${describe(evaluation, files.length, output)}\n`);
      return failed + unreadable === 0 ? 0 : EXIT_FAILED;
    });
  },
};

/**
 * @param {string} folder
 * @returns {Promise<{ name: string, path: string }[]>} the folders in it, in the order of their names
 * @throws {EdgeL3Error} file_unreadable
 */
async function listLabels(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    throw new EdgeL3Error(
      'file_unreadable',
      `${folder} could not be read as a folder (${cause.code}).`,
      cause,
    );
  });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => ({ name, path: join(folder, name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * @param {Evaluation} evaluation
 * @param {number} count of recordings
 * @param {string} output
 */
function describe({ labels, confusion, recordings, accuracy, interval, unjudged, head }, count, output) {
  const names = labels.map(toName);
  const rows = [
    ['', ...names.map((name) => `as ${name}`)],
    ...confusion.map((row, i) => [names[i], ...row.map(String)]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const table = rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd(),
  );
  const percent = (/** @type {number} */ fraction) => `${(100 * fraction).toFixed(0)} %`;
  const lines =
    accuracy === null || interval === null
      ? []
      : [
          ...table,
          `${percent(accuracy)} of ${recordings} held-out recordings right (95 % confidence: ${percent(interval[0])} to ${percent(interval[1])})`,
        ];
  if (unjudged.length > 0) {
    lines.push(`not judged, for want of a second recording: ${unjudged.map(toName).join(', ')}`);
  }
  lines.push(`${count} recordings -> ${output} (${head === 'linear' ? 'linear' : 'nearest neighbours'})`);
  return lines.join('\n');
}

/** @param {Label} label */
function toName(label) {
  return label ?? BACKGROUND;
}
