import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runIn } from '../package/project.js';
import { createHost, program } from './host.js';

const MAIN = `
import { EdgeL3Error, getEmbedding, loadEmbeddingModel, readAudioFile } from 'edgel3/node';
import * as inline from 'edgel3/inline';
import wasm from 'edgel3/edgel3.wasm';
import source from 'edgel3/edgel3-model.safetensors';
import { openMicrophone } from 'edgel3/microphone';
const model = await loadEmbeddingModel({ wasm, source });
const { shape } = await getEmbedding(new Float32Array(8), 8000, { model });
console.log(shape, inline, EdgeL3Error, readAudioFile, openMicrophone);
`;

test('the oldest TypeScript that is promised, checking libraries too', async (t) => {
  const folder = await createHost(t, 'typescript', { 'main.ts': MAIN });
  if (!folder) return;
  const options = [
    '--strict',
    '--noEmit',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--lib',
    'es2022,dom',
  ];
  const args = [...options, '--types', 'node', 'main.ts'];
  const { status, output } = await runIn(folder, program(folder, 'tsc'), args);
  assert.equal(output, '');
  assert.equal(status, 0);
});
