import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PYTHON = '/usr/bin/python3'; // Debian's packages belong to this one, whatever else is on PATH
const missing = spawnSync(PYTHON, ['-c', 'import numpy, scipy, h5py, torch']).status !== 0;
const skip = missing && `${PYTHON} with numpy, scipy, h5py and torch is not here`;

const folder = fileURLToPath(new URL('.', import.meta.url));

for (const file of readdirSync(folder).filter((name) => name.endsWith('_test.py'))) {
  test(`the recipe: ${file}`, { skip }, () => {
    const env = { ...process.env, OMP_NUM_THREADS: '1' };
    const { status, stdout, stderr } = spawnSync(PYTHON, ['-B', file], {
      cwd: folder,
      encoding: 'utf8',
      env,
    });
    assert.equal(status, 0, stdout + stderr);
  });
}
