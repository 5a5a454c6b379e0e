import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createProject, runIn } from './project.js';

const COMPILER_OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
  target: 'es2022',
};

const PAGE = `
import {
  EdgeL3Error,
  type EmbeddingModel,
  type EmbeddingResult,
  getEmbedding,
  l2Normalize,
  loadEmbeddingModel,
  meanOverTime,
  type ModelOptions,
  type Progress,
  similarity,
} from 'edgel3';
import * as inline from 'edgel3/inline';
import { openMicrophone } from 'edgel3/microphone';

const onProgress = ({ stage, done, total }: Progress) => console.log(stage, done.toFixed(), total?.toFixed());

export async function embed(buffer: AudioBuffer, source: File, signal: AbortSignal): Promise<Float32Array> {
  const wasm: WebAssembly.Module = await WebAssembly.compileStreaming(fetch('/edgel3.wasm'));
  const options: ModelOptions = { source, wasm, signal, onProgress, workers: 'auto' };
  using model: EmbeddingModel = await loadEmbeddingModel(options);
  const result: EmbeddingResult = await getEmbedding(buffer, undefined, { model, hopSize: 0.5, onProgress });
  const [windows, dimension] = result.shape;
  const first: Float32Array = result.embedding.subarray(0, dimension);
  const times: Float64Array = result.timestamps;
  const likeness: number = similarity(first, l2Normalize(meanOverTime(result)));
  console.log(windows, times, likeness);
  return first;
}

export async function listen(model: EmbeddingModel): Promise<void> {
  const { readable, sampleRate } = await openMicrophone({ constraints: { echoCancellation: true } });
  await readable.pipeThrough(model.stream({ sampleRate, hopSize: 1 })).pipeTo(
    new WritableStream({ write: ({ timestamp, embedding }) => console.log(timestamp.toFixed(1), embedding[0]) }),
  );
}

export async function draw(model: EmbeddingModel, sound: ReadableStream<Float32Array>): Promise<void> {
  await sound.pipeThrough(model.melColumns({ sampleRate: 48000 })).pipeTo(
    new WritableStream({
      write({ melColumns, shape: [count, bands], timestamps }) {
        const period: number = model.melHopSize;
        console.log(melColumns.subarray(0, bands), count.toFixed(), (timestamps[0] ?? 0) + period);
      },
    }),
  );
}

export function explain(error: unknown): string | undefined {
  if (!(error instanceof EdgeL3Error)) return undefined;
  // @ts-expect-error: no such code
  if (error.code === 'abortet') return 'misspelt';
  return error.code === 'aborted' ? 'aborted' : error.message;
}

inline.getEmbedding([new Float32Array(8), new Float32Array(8)], 44_100, { center: false });
inline.convertModel(new Uint8Array(8), { dtype: 'f16', onProgress, signal: AbortSignal.timeout(1000) });
// @ts-expect-error: a path is no sound
getEmbedding('sound.wav', 8000);
// @ts-expect-error: text is no number of dimensions
loadEmbeddingModel({ modelType: 'sea', embDim: '64' });
`;

const NODE = `
import { EdgeL3Warning, getEmbedding, processFile } from 'edgel3';
import { convertModelFile, fetchPublishedModel, listPublishedModels, processStream, readAudioFile } from 'edgel3/node';

const { channels, sampleRate } = await readAudioFile('sound.wav');
await getEmbedding(channels, sampleRate, { onWarning: (warning: EdgeL3Warning) => console.warn(warning.code) });
const { outputPath, shape }: { outputPath: string; shape: [number, number] } = await processFile('sound.wav', {});
console.log(outputPath, shape[0] + shape[1]);
const streamed: { shape: [number, number] } = await processStream(process.stdin, process.stdout, { format: 'jsonl' });
const bytes: number = await convertModelFile('weights.h5', 'weights.safetensors', { dtype: 'f16' });
for (const { name, path } of await listPublishedModels()) console.log(path ?? (await fetchPublishedModel(name)));
console.log(streamed.shape, bytes);
// @ts-expect-error: no such format
await processFile('sound.wav', { format: 'xml' });
`;

describe('the types, in strict projects that check libraries too', () => {
  /** @param {string} name @param {string} source @param {object} compilerOptions */
  async function assertCompiles(name, source, compilerOptions) {
    const folder = createProject(name, {
      'main.ts': source,
      'tsconfig.json': JSON.stringify({
        compilerOptions: { ...COMPILER_OPTIONS, ...compilerOptions },
        files: ['main.ts'],
      }),
    });
    const nodeTypes = fileURLToPath(new URL('../../node_modules/@types/node', import.meta.url));
    symlinkSync(nodeTypes, join(folder, 'node_modules/node-types'));
    const { status, output } = await runIn(folder, 'tsc', []);
    assert.equal(output, '');
    assert.equal(status, 0);
  }

  test('a page', () =>
    assertCompiles('types-page', PAGE, {
      module: 'preserve',
      moduleResolution: 'bundler',
      lib: ['es2022', 'dom'],
      types: [],
    }));

  test('Node', () =>
    assertCompiles('types-node', NODE, {
      module: 'nodenext',
      lib: ['es2022'],
      types: ['./node_modules/node-types'],
    }));
});
