import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createProject, runIn } from './project.js';

const PRINT_SHAPE =
  "getEmbedding(new Float32Array(8000).fill(0.1), 8000).then(({ shape }) => console.log(shape.join('x')));";

describe('in Node', () => {
  const folder = createProject('node', {
    'module.js': `import { getEmbedding } from 'edgel3'; ${PRINT_SHAPE}`,
    'common.cjs': `const { getEmbedding } = require('edgel3'); ${PRINT_SHAPE}`,
    'dynamic.cjs': `import('edgel3').then(({ getEmbedding }) => ${PRINT_SHAPE.slice(0, -1)});`,
    'inline.js': `import { getEmbedding } from 'edgel3/inline'; ${PRINT_SHAPE}`,
    'same.js': `import * as one from 'edgel3'; import * as other from 'edgel3/node'; console.log(one === other);`,
    'asset.js': `import { statSync } from 'node:fs'; import { fileURLToPath } from 'node:url';
      for (const name of ['edgel3.wasm', 'edgel3-relaxed.wasm', 'edgel3-model.safetensors'])
        console.log(statSync(fileURLToPath(import.meta.resolve('edgel3/' + name))).isFile());`,
  });

  /** @param {string[]} args @param {string} expected */
  async function assertPrints(args, expected) {
    const { status, output } = await runIn(folder, process.execPath, args);
    assert.equal(output.trim(), expected);
    assert.equal(status, 0);
  }

  test('an ES module', () => assertPrints(['module.js'], '6x64'));
  test('CommonJS with import()', () => assertPrints(['dynamic.cjs'], '6x64'));
  test(
    'CommonJS with require()',
    {
      skip:
        !process.features.require_module &&
        'this Node cannot require ES modules; from 20.19 and 22.12 on it can',
    },
    () => assertPrints(['--disable-warning=ExperimentalWarning', 'common.cjs'], '6x64'),
  );
  test('the one-file entry', () => assertPrints(['inline.js'], '6x64'));
  test('edgel3 and edgel3/node are one and the same', () => assertPrints(['same.js'], 'true'));
  test('the assets are exports', () => assertPrints(['asset.js'], 'true\ntrue\ntrue'));

  test('the command line', async () => {
    const { status, output } = await runIn(folder, 'node_modules/.bin/edgel3', ['--version']);
    assert.match(output, /^\d+\.\d+\.\d+$/m);
    assert.equal(status, 0);
  });
});
