// The page's service worker: keeps all its files, so that it works without a network from the second visit on. What
// the network has goes first: a file that is kept never hides a newer one.

/** @type {string[]} what web/demo/build.js puts here: all files of the page */
const FILES = BUILT_FILES;

const CACHE = 'edgel3-demo';

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

scope.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

scope.addEventListener('fetch', (event) => {
  event.respondWith(fetch(event.request).catch(() => answerFromCache(event.request)));
});

/** @param {Request} request */
async function answerFromCache(request) {
  const file = request.mode === 'navigate' ? 'index.html' : request;
  return (await caches.match(file)) ?? Response.error();
}
