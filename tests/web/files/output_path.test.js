import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { getOutputPath } from '../../../web/files/output_path.js';

test("paths are those of upstream's get_output_path", () => {
  for (const [path, file, suffix, folder] of [
    [join('a', 'b_embedding.npz'), join('a', 'b.wav'), 'embedding.npz'],
    [join('a', 'b.npz'), join('a', 'b.wav'), '.npz'],
    [join('a', 'b.x.npz'), join('a', 'b.wav'), '.x.npz'],
    [join('a', 'b.c.npz'), join('a', 'b.c.wav'), '.npz'],
    [join('a', 'noextension.npz'), join('a', 'noextension'), '.npz'],
    ['b.npz', 'b.wav', '.npz'],
    [join('out', 'b.npz'), join('a', 'b.wav'), '.npz', 'out'],
    [join('a', 'b.npz'), join('a', 'b.wav'), '.npz', ''],
    ['.hidden.npz', '.hidden', '.npz'],
  ]) {
    assert.equal(getOutputPath(file, suffix, folder), path);
  }
});

test('an empty suffix is an error', () => {
  assert.throws(() => getOutputPath('a.wav', ''), { code: 'option_invalid' });
});
