import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getOutputPath } from 'edgel3/node';
import { outputName } from '../../../../web/demo/files/output_name.js';

const NAMES = [
  'a.wav',
  'a.b.wav',
  '.wav',
  'a',
  'a.',
  'a..',
  '.a.wav',
  'Ä ö.FLAC',
  'a.wav.gz',
  '..wav',
  '...',
];

test('what the page saves is named as the command line names it', () => {
  for (const name of NAMES)
    assert.equal(outputName(name, 'csv', [name, 'b.wav']), getOutputPath(name, '.csv'));
});

test('where two would have the same name, as it does with --keep-extension', () => {
  const names = ['a.wav', 'a.mp3', 'b.wav'];
  for (const name of names) {
    const expected = getOutputPath(name, '.npz', undefined, { keepExtension: name.startsWith('a') });
    assert.equal(outputName(name, 'npz', names), expected);
  }
});
