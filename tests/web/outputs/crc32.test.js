import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from '../../../web/outputs/crc32.js';

const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);

test('the check value that catalogues of CRCs give for the digits 1 to 9', () => {
  assert.equal(crc32(encode('123456789')), 0xcbf43926);
});

test('pieces give what the whole gives', () => {
  assert.equal(crc32(encode('456789'), crc32(encode('123'))), 0xcbf43926);
  assert.equal(crc32(encode('')), 0);
});
