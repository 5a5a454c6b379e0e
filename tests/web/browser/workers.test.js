// Where no worker can be started, the work is done in place, with one warning; workers that were asked for are an error.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { againAfterCrash } from './crashes.js';
import { inEachEngine, repository } from './in_each_engine.js';
import { serve } from './static_server.js';

const WORKER = '/dist/edgel3-worker.js';
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** @typedef {{ code: string, message: string }} Said */
/** @typedef {{ shape?: number[], workers?: number, error?: Said, warnings: Said[] }} Outcome */

/** @type {Record<string, import('./in_each_engine.js').Options>} servers of pages that can have no worker */
const SERVERS = {
  "worker-src 'none'": { contentSecurityPolicy: `${POLICY}; worker-src 'none'` },
  'the file of the worker is missing': { missing: /edgel3-worker/ },
  "a single-page application's server answers with its page": { answerWithPage: /edgel3-worker/ },
  'a page in cross-origin isolation whose server does not say so of scripts': {
    headersOfPage: {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
  },
  'Trusted Types': { contentSecurityPolicy: `${POLICY}; require-trusted-types-for 'script'` },
};

/** What some engines do not know, so that workers can be started there. */
const ONLY_IN_SOME = ['Trusted Types'];

inEachEngine(({ openPage }) => {
  /**
   * @param {import('node:test').TestContext} t
   * @param {import('./in_each_engine.js').Options} options
   * @param {string} [origin] where the library comes from; by default from the page's server
   */
  async function open(t, options, origin = '') {
    const { server, tab } = await openPage(t, options);
    const embed = (/** @type {object} */ modelOptions = {}) =>
      tab.evaluate(embedIn, { library: `${origin}/dist/index.js`, modelOptions });
    return { server, tab, embed };
  }

  for (const [host, options] of Object.entries(SERVERS)) {
    test(
      host,
      againAfterCrash(async (t) => {
        const { server, tab, embed } = await open(t, options);
        const isKnown =
          !ONLY_IN_SOME.includes(host) || (await tab.evaluate(() => 'trustedTypes' in globalThis));
        if (!isKnown) return t.skip('this engine does not know them');
        const { error, workers, shape, warnings } = await embed();
        assert.equal(error, undefined);
        assert.deepEqual([workers, shape], [0, [31, 64]]);
        assert.equal(warnings.length, 1, JSON.stringify(warnings));
        assert.equal(warnings[0].code, 'workers_unavailable');
        assert.ok(warnings[0].message.includes(server.url + WORKER), warnings[0].message);
        assert.match(warnings[0].message, /docs\/hosting\.md says what workers need/);

        const asked = await embed({ workers: 2 });
        assert.equal(asked.error?.code, 'worker_failed');
        assert.ok(asked.error?.message.includes(server.url + WORKER), asked.error?.message);
        assert.deepEqual(asked.warnings, []);

        assert.deepEqual(await embed({ workers: 0 }), { workers: 0, shape: [31, 64], warnings: [] });
      }),
    );
  }

  describe('the library from another origin, such as a CDN', () => {
    /** @type {Awaited<ReturnType<typeof serve>>} */
    let cdn;
    before(async () => {
      cdn = await serve(repository, { pathOfPage: '/none', headers: { 'access-control-allow-origin': '*' } });
    });
    after(() => cdn.close());

    const policy = () =>
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${cdn.url}; connect-src ${cdn.url}`;

    test(
      'works in workers that a Blob begins',
      againAfterCrash(async (t) => {
        const { embed } = await open(t, { contentSecurityPolicy: `${policy()}; worker-src blob:` }, cdn.url);
        const { error, workers, shape, warnings } = await embed({ workers: 2 });
        assert.equal(error, undefined);
        assert.deepEqual([workers, shape, warnings], [2, [31, 64], []]);
      }),
    );

    test(
      'works in place where the policy allows no Blob',
      againAfterCrash(async (t) => {
        const { embed } = await open(t, { contentSecurityPolicy: policy() }, cdn.url);
        const { workers, shape, warnings } = await embed();
        assert.deepEqual([workers, shape, warnings.length], [0, [31, 64], 1]);
        assert.ok(warnings[0].message.includes(cdn.url + WORKER), warnings[0].message);
        const asked = await embed({ workers: 1 });
        assert.equal(asked.error?.code, 'worker_failed');
        assert.ok(asked.error?.message.includes(cdn.url + WORKER), asked.error?.message);
      }),
    );
  });
});

/**
 * Runs in the page.
 *
 * @param {{ library: string, modelOptions: object }} argument
 * @returns {Promise<Outcome>}
 */
async function embedIn({ library, modelOptions }) {
  const { getEmbedding, loadEmbeddingModel } = await import(library);
  /** @type {Said[]} */
  const warnings = [];
  const onWarning = (/** @type {Said} */ { code, message }) => warnings.push({ code, message });
  const audio = Float32Array.from({ length: 32_000 }, (_, index) => Math.sin((index * index) / 40_000));
  try {
    const model = await loadEmbeddingModel({ ...modelOptions, onWarning });
    // Twice, for a warning is given once.
    await getEmbedding(audio, 8000, { model, center: false });
    const { shape } = await getEmbedding(audio, 8000, { model, center: false });
    const { workers } = model;
    model.close();
    return { workers, shape, warnings };
  } catch (error) {
    const { code, message } = /** @type {Said} */ (error);
    return { error: { code, message }, warnings };
  }
}
