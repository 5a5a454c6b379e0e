import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PYTHON = '/usr/bin/python3'; // Debian's packages belong to this one, whatever else is on PATH
/** What the recipe imports; and what one part of it does. */
const MODULES = 'numpy, scipy, h5py, torch';
const MODULES_OF = new Map([['curve_test.py', 'matplotlib']]);

const folder = fileURLToPath(new URL('.', import.meta.url));

for (const file of readdirSync(folder).filter((name) => name.endsWith('_test.py'))) {
  const modules = MODULES_OF.get(file) ?? MODULES;
  const missing = spawnSync(PYTHON, ['-c', `import ${modules}`]).status !== 0;
  const skip = missing && `${PYTHON} with ${modules} is not here`;
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
