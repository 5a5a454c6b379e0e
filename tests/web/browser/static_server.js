import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentTypeOf } from '../../../web/demo/content_type.js';

/** Nothing from elsewhere, no inline script, no eval: the strictest policy under which WebAssembly can run. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** A page that loads nothing. */
const EMPTY_PAGE = '<!doctype html><title>edgel3</title>';

/**
 * A plain server of files, as any web space is one: no headers for cross-origin isolation.
 *
 * @param {URL} root folder of the files
 * @param {object} options
 * @param {string} options.pathOfPage
 * @param {RegExp} [options.answerWithPage] which requests get the page's HTML instead of the file, as single-page
 *   applications do with what they do not know
 * @param {RegExp} [options.missing] which requests are answered by 404, whether there is a file or not
 * @param {string} [options.contentSecurityPolicy]
 * @param {Record<string, string>} [options.headers] of all answers
 * @param {Record<string, string>} [options.headersOfPage]
 * @returns {Promise<{ url: string, requests: string[], close: () => void }>}
 */
export async function serve(
  root,
  {
    pathOfPage,
    answerWithPage,
    missing,
    contentSecurityPolicy = CONTENT_SECURITY_POLICY,
    headers = {},
    headersOfPage = {},
  },
) {
  /** @type {string[]} */
  const requests = [];
  const folder = fileURLToPath(root);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    requests.push(pathname);
    response.setHeaders(
      new Map(Object.entries({ 'content-security-policy': contentSecurityPolicy, ...headers })),
    );
    const path = join(folder, decodeURIComponent(pathname));
    if (pathname === pathOfPage || answerWithPage?.test(pathname)) {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headersOfPage })
        .end(EMPTY_PAGE);
    } else if (missing?.test(pathname) || !statSync(path, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end('Not found');
    } else {
      response.writeHead(200, { 'content-type': contentTypeOf(path) });
      createReadStream(path).pipe(response);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  // One that a failed test has not closed keeps no process running.
  server.unref();
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, requests, close };
}
