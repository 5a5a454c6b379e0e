import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PYTHON = '/usr/bin/python3'; // Debian's packages belong to this one, whatever else is on PATH
const script = fileURLToPath(new URL('check_golden.py', import.meta.url));
const missing = spawnSync(PYTHON, ['-c', 'import numpy, scipy, h5py, torch']).status !== 0;
const skip = missing && `${PYTHON} with numpy, scipy, h5py and torch is not here`;

test('the Python reference gives the stored goldens', { skip }, () => {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-B', script], { encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
});
