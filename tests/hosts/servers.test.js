// Servers that are deployed as what a tracer of files finds.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { projects, runIn } from '../package/project.js';
import { missing, openPage } from './browser.js';
import { assertPrintsResult, assertResult, createHost, PROGRAM } from './host.js';

test('what the tracer of Vercel, Netlify and Nitro finds is enough', async (t) => {
  const folder = await createHost(t, 'nft', { 'main.js': PROGRAM });
  if (!folder) return;
  const { nodeFileTrace } = createRequire(join(folder, 'main.js'))('@vercel/nft');
  const { fileList } = await nodeFileTrace([join(folder, 'main.js')], { base: folder });
  const deployed = join(projects, 'deployed');
  for (const file of [...fileList, 'package.json']) cpSync(join(folder, file), join(deployed, file));
  await assertPrintsResult(deployed, process.execPath, ['main.js']);
});

const NEXT = {
  'package.json': '{ "private": true }',
  'next.config.mjs': "export default { output: 'standalone' };",
  'app/layout.js':
    'export default ({ children }) => <html lang="en"><head><link rel="icon" href="data:," /></head><body>{children}</body></html>;',
  'app/page.js': `'use client';
    import { useEffect } from 'react';
    import { start } from './start';
    export default function Page() {
      useEffect(start, []);
      return null;
    }`,
  'app/start.js': `import { getEmbedding } from 'edgel3';
    export function start() {
      ${PROGRAM.split('\n').slice(1, 3).join('\n')}
    }`,
  'app/api/route.js': `import { getEmbedding } from 'edgel3/node';
    export const dynamic = 'force-dynamic';
    export async function GET() {
      ${PROGRAM.split('\n').slice(1, 3).join('\n')}
      return Response.json(await globalThis.result);
    }`,
};

/** @returns {Promise<number>} a port that nobody uses */
function findPort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

test('Next: a route and a page of a standalone build', async (t) => {
  const folder = await createHost(t, 'next', NEXT);
  if (!folder) return;
  const env = ['NEXT_TELEMETRY_DISABLED=1', 'NODE_ENV=production'];
  const { status, output } = await runIn(folder, 'env', [...env, 'node_modules/.bin/next', 'build']);
  assert.equal(status, 0, output);
  cpSync(join(folder, '.next/static'), join(folder, '.next/standalone/.next/static'), { recursive: true });

  const alone = join(projects, 'next-deployed');
  cpSync(join(folder, '.next/standalone'), alone, { recursive: true });
  const port = await findPort();
  const server = spawn(process.execPath, ['server.js'], {
    cwd: alone,
    env: { ...process.env, PORT: String(port), HOSTNAME: '127.0.0.1', NEXT_TELEMETRY_DISABLED: '1' },
  });
  t.after(() => server.kill());
  let printed = '';
  const ready = new Promise((resolve, reject) => {
    server.on('exit', () => reject(new Error(printed)));
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (text) => {
        printed += text;
        if (/Ready/.test(printed)) resolve(undefined);
      });
    }
  });
  await ready;

  await assertResult(await (await fetch(`http://127.0.0.1:${port}/api`)).json());
  assert.doesNotMatch(printed, /edgel3:/, 'no warning');
  await t.test('in a page', { skip: missing }, async () => {
    const { result, warnings, workers } = await openPage(`http://127.0.0.1:${port}/`);
    await assertResult(result);
    assert.deepEqual(
      warnings.filter((text) => text.startsWith('edgel3')),
      [],
    );
    assert.ok(workers > 0);
  });
});
