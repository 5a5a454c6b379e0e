import { toName } from './classifier.js';

/** @import { Evaluation } from 'edgel3/analysis' */

/**
 * What was found out, in a sentence or two.
 *
 * @param {Evaluation} evaluation
 * @returns {string}
 */
export function describeEvaluation({ recordings, accuracy, interval, unjudged }) {
  const sentences = [];
  if (accuracy !== null && interval !== null) {
    const [least, most] = interval.map(toPercent);
    sentences.push(
      `${toPercent(accuracy)} of ${recordings} recordings were recognised (95 % confidence: ${least} to ${most}).`,
    );
  }
  if (unjudged.length > 0) {
    sentences.push(`Give ${unjudged.map(toName).join(', ')} a second recording: it can be judged then.`);
  }
  return sentences.join(' ');
}

/**
 * @param {Evaluation} evaluation
 * @returns {HTMLTableElement} recordings, by what they were and what they were taken for
 */
export function createConfusionTable({ labels, confusion }) {
  const names = labels.map(toName);
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const name of ['it was', ...names.map((name) => `taken for ${name}`)]) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = name;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const [index, name] of names.entries()) {
    const row = body.insertRow();
    const cell = document.createElement('th');
    cell.scope = 'row';
    cell.textContent = name;
    row.append(cell);
    const total = confusion[index].reduce((sum, count) => sum + count, 0);
    for (const [guess, count] of confusion[index].entries()) {
      const place = row.insertCell();
      place.textContent = total === 0 ? '–' : toPercent(count / total);
      if (guess === index) place.className = 'right';
    }
  }
  return table;
}

/** @param {number} fraction */
function toPercent(fraction) {
  return `${Math.round(100 * fraction)} %`;
}
