import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EdgeL3Error, getEmbedding } from 'edgel3';
import * as inline from 'edgel3/inline';
import { openMicrophone } from 'edgel3/microphone';

test('an error from any entry is an instance of the class of any other', async () => {
  const signal = AbortSignal.abort();
  const errors = await Promise.all(
    [
      getEmbedding(new Float32Array(0), 8000),
      inline.getEmbedding(new Float32Array(0), 8000),
      openMicrophone({ signal }),
    ].map((call) => call.catch((/** @type {unknown} */ error) => error)),
  );
  for (const Class of [EdgeL3Error, inline.EdgeL3Error]) {
    for (const error of errors) assert.ok(error instanceof Class);
    for (const other of [new Error('other'), { code: 'aborted' }, 'aborted', null, undefined]) {
      assert.ok(!(other instanceof Class));
    }
  }
});
