/**
 * `npm run models:evaluate`: how near a model is to its teacher on a folder of recordings, or how well the sounds of a published
 * dataset are told apart by its embeddings.
 */

import { basename, dirname, relative } from 'node:path';
import { loadEmbeddingModel } from '../../dist/node.js';
import { summarise } from './agreement.js';
import { parseArguments, USAGE, UsageError } from './arguments.js';
import { probe } from './linear_probe.js';
import { runProtocol } from './protocol.js';
import { compareOn, listRecordings } from './recordings.js';

/** @import { Comparison } from './arguments.js' */
/** @import { Recording } from './recordings.js' */

try {
  const options = parseArguments(process.argv.slice(2));
  if ('teacher' in options) {
    await compare(options);
  } else {
    const model = await loadEmbeddingModel({ source: options.model });
    for (const [dataset, folder] of options.datasets) await runProtocol(dataset, folder, model);
    model.close();
  }
} catch (error) {
  const { message } = /** @type {Error} */ (error);
  console.error(error instanceof UsageError ? `${message}\n\n${USAGE}` : message);
  process.exitCode = 1;
}

/** @param {Comparison} options */
async function compare(options) {
  const paths = await listRecordings(options.folder);
  const model = await loadEmbeddingModel({ source: options.model });
  const teacher = await loadEmbeddingModel({ source: options.teacher });
  if (model.embeddingDimension !== teacher.embeddingDimension) {
    throw new Error(
      `The model gives ${model.embeddingDimension} numbers, the teacher ${teacher.embeddingDimension}: they cannot be compared.`,
    );
  }
  /** @type {Recording[]} */
  const recordings = [];
  for (const path of paths) {
    try {
      recordings.push(await compareOn(path, model, teacher));
    } catch (error) {
      console.error(`${path}: ${/** @type {Error} */ (error).message}`);
      process.exitCode = 1;
    }
  }
  model.close();
  teacher.close();
  if (recordings.length === 0) throw new Error(`There is no sound file to compare on in ${options.folder}.`);
  printAgreements(recordings, options.folder);
  for (const { name, pattern } of options.probes) await printProbe(name, pattern, recordings, options.fold);
}

/**
 * @param {Recording[]} recordings
 * @param {string} folder
 */
function printAgreements(recordings, folder) {
  /** @type {Map<string, Recording[]>} */
  const groups = new Map();
  for (const recording of recordings) {
    const name = relative(folder, dirname(recording.path)) || basename(folder);
    groups.set(name, [...(groups.get(name) ?? []), recording]);
  }
  if (groups.size > 1) groups.set('all', recordings);
  printRow([
    'cosine to the teacher',
    'files',
    'windows',
    'mean',
    '5th perc.',
    'least',
    'whole',
    'mean',
    '5th perc.',
  ]);
  for (const [name, members] of groups) {
    const all = summarise(members.flatMap(({ cosines }) => [...cosines]));
    const whole = summarise(members.flatMap(({ wholeCosines }) => [...wholeCosines]));
    printRow([
      name,
      ...[members.length, all.windows].map(String),
      ...[all.mean, all.fifthPercentile, all.least].map(toFigure),
      String(whole.windows),
      ...[whole.mean, whole.fifthPercentile].map(toFigure),
    ]);
  }
}

/** @param {number} value */
function toFigure(value) {
  return Number.isNaN(value) ? '-' : value.toFixed(4);
}

/**
 * @param {string} name
 * @param {RegExp} pattern
 * @param {Recording[]} recordings
 * @param {RegExp} fold
 */
async function printProbe(name, pattern, recordings, fold) {
  const labelled = recordings.flatMap(({ path, vectors }) => {
    const [label, its] = [pattern, fold].map((expression) => expression.exec(basename(path))?.[1]);
    return label === undefined || its === undefined ? [] : [{ label, vectors, fold: its }];
  });
  const folds = new Set(labelled.map((recording) => recording.fold)).size;
  if (folds < 2) {
    throw new Error(
      `Of ${labelled.length} files the names have a ${name} and a fold, and there are ${folds} folds: it takes two or more.`,
    );
  }
  const probeOf = (/** @type {number} */ index) =>
    probe(labelled.map(({ vectors, ...example }) => ({ ...example, vector: vectors[index] })));
  const [model, teacher] = [await probeOf(0), await probeOf(1)];
  console.log(
    `linear classifier of ${name}, ${labelled.length} files in ${folds} folds: ${model.toFixed(3)} right, the teacher's ${teacher.toFixed(3)}`,
  );
}

/** @param {string[]} columns the first to the left, the others to the right */
function printRow([name, ...figures]) {
  console.log(name.padEnd(24) + figures.map((figure) => figure.padStart(11)).join(''));
}
