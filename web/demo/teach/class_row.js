import { createButton, listenToFiles } from '../page/dom.js';
import { HOP_SIZE } from './examples.js';

/** @import { SoundClass } from './examples.js' */

/**
 * @typedef {object} RowListeners
 * @property {() => void} onRename
 * @property {(output: HTMLOutputElement) => void} onRecord
 * @property {(files: File[]) => void} onFiles
 * @property {() => void} onRemove
 */

/**
 * One sound to be told from others: its name, and what can be done with it.
 *
 * @param {SoundClass} soundClass
 * @param {RowListeners} listeners
 * @returns {HTMLElement}
 */
export function createClassRow(soundClass, { onRename, onRecord, onFiles, onRemove }) {
  const row = document.createElement('div');
  row.className = 'class';
  const name = document.createElement('input');
  name.type = 'text';
  name.value = soundClass.name;
  name.ariaLabel = 'Name of the sound';
  name.oninput = () => {
    soundClass.name = name.value;
    onRename();
  };
  const output = document.createElement('output');
  const seconds = soundClass.recordings.reduce(
    (sum, { shape: [windows] }) => sum + 1 + (windows - 1) * HOP_SIZE,
    0,
  );
  output.value = soundClass.recordings.length === 0 ? 'no examples yet' : `${seconds.toFixed(0)} s learned`;
  const file = document.createElement('label');
  file.className = 'button';
  file.textContent = 'From files';
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'audio/*';
  input.multiple = true;
  listenToFiles(input, onFiles);
  file.append(input);
  row.append(
    name,
    createButton('Record 4 s', () => onRecord(output)),
    file,
    createButton('Remove', onRemove),
    output,
  );
  return row;
}
