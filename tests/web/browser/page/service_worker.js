// A service worker that answers in its page's stead, in the way that its own URL says.
const way = location.search.slice(1);

/** @type {Record<string, (request: Request) => Promise<Response>>} */
const answers = {
  network: (request) => fetch(request),
  async cache(request) {
    const cache = await caches.open('edgel3-test');
    const kept = await cache.match(request);
    if (kept) return kept;
    const response = await fetch(request);
    await cache.put(request, response.clone());
    return response;
  },
  // As if the request had asked for a range.
  async part(request) {
    const bytes = await (await fetch(request)).arrayBuffer();
    return new Response(bytes.slice(0, bytes.byteLength / 2), { status: 206, statusText: 'Partial Content' });
  },
};

const scope = /** @type {any} */ (globalThis);
scope.oninstall = () => scope.skipWaiting();
scope.onactivate = (/** @type {any} */ event) => event.waitUntil(scope.clients.claim());
scope.onfetch = (/** @type {any} */ event) => {
  const { url } = event.request;
  if (/\/dist\//.test(url) && (way !== 'part' || url.endsWith('.safetensors'))) {
    event.respondWith(answers[way](event.request));
  }
};
