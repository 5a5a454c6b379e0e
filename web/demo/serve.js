// `npm run demo`, once everything is built: serves build/demo/ to this machine.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentTypeOf } from './content_type.js';

/** The first of those that are tried. */
const FIRST_PORT = 8000;
const LAST_PORT = 8099;

/** By number, for 'localhost' may also be a server that listens at ::1. */
const HOST = '127.0.0.1';

const folder = fileURLToPath(new URL('../../build/demo', import.meta.url));

const server = createServer((request, response) => {
  const path = findFile(`http://${HOST}${request.url}`);
  if (!path) {
    response.writeHead(404).end('Not found');
    return;
  }
  response.writeHead(200, {
    'content-type': contentTypeOf(path),
    'cache-control': 'no-cache',
  });
  createReadStream(path).pipe(response);
});
let port = FIRST_PORT;
server.on('error', (error) => {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'EADDRINUSE' && port < LAST_PORT) {
    server.listen(++port, HOST);
    return;
  }
  console.error(`The demo could not be served: ${error.message}.`);
  process.exitCode = 1;
});
server.on('listening', () => console.log(`The demo is at http://${HOST}:${port}/ (Ctrl+C ends it).`));
server.listen(port, HOST);

/**
 * @param {string} url
 * @returns {string | undefined} the path of the file that is asked for
 */
function findFile(url) {
  if (!URL.canParse(url)) return undefined;
  const { pathname } = new URL(url);
  const path = join(folder, pathname === '/' ? 'index.html' : pathname);
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined;
}
