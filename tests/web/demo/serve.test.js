// `npm run demo`, once everything is built.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);
const script = fileURLToPath(new URL('web/demo/serve.js', root));
const page = readFileSync(new URL('web/demo/index.html', root), 'utf8');

/** Starts it. @param {import('node:test').TestContext} t @returns {Promise<URL>} where it says that the demo is */
async function start(t) {
  const server = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(async () => {
    server.kill();
    await once(server, 'exit');
  });
  const [said] = await once(server.stdout, 'data');
  const [, url] = /^The demo is at (\S+) \(Ctrl\+C ends it\)\.\n$/.exec(String(said)) ?? [];
  assert.ok(url, String(said));
  return new URL(url);
}

test('where its port is taken, it takes the next one that is free', async (t) => {
  const first = await start(t);
  const second = await start(t);
  assert.ok(Number(second.port) > Number(first.port), `${first} ${second}`);
  for (const url of [first, second]) {
    const response = await fetch(url);
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(await response.text(), page);
  }
});

test('it gives what is in its folder, and nothing else, and no request ends it', async (t) => {
  const url = await start(t);
  /** The first line of the answer. @param {string} path as no browser would ask for it */
  const ask = async (path) => {
    const socket = connect(Number(url.port), url.hostname);
    socket.write(`GET ${path} HTTP/1.0\r\n\r\n`);
    let answer = '';
    for await (const bytes of socket) answer += bytes;
    return answer.split('\r\n')[0];
  };
  const outside = ['/../../package.json', '/%2e%2e/%2e%2e/package.json', '/..%2f..%2fpackage.json'];
  for (const path of ['//', '/none', '/decoders', '/%00', 'http://[', ...outside]) {
    assert.match(await ask(path), / (404 Not Found|400 Bad Request)$/, path);
  }
  assert.match(await ask('/main.js'), / 200 OK$/);
});
