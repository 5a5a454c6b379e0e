import { after, before, describe } from 'node:test';
import { engines } from './browsers.js';
import { serve } from './static_server.js';

/** The repository, whose files pages get under the same paths. */
export const repository = new URL('../../../', import.meta.url);

/**
 * @typedef {object} Session of one engine
 * @property {import('./browsers.js').Engine} engine
 * @property {(t: import('node:test').TestContext, url: string) => Promise<import('./browsers.js').Tab>} open
 * @property {(t: import('node:test').TestContext, options?: Options) => Promise<Opened>} openPage an empty page of a server of its own
 *
 * @typedef {Partial<Parameters<typeof serve>[1]> & { browser?: import('./browsers.js').Browser }} Options of the server; and another
 *   browser than the session's
 * @typedef {{ tab: import('./browsers.js').Tab, server: Awaited<ReturnType<typeof serve>> }} Opened
 */

/**
 * The tests that `define` makes, for each engine; one browser serves them all. What a test opens is closed at its end.
 *
 * @param {(session: Session) => void} define
 */
export function inEachEngine(define) {
  for (const [name, engine] of Object.entries(engines)) {
    describe(`in ${name}`, { skip: engine.missing }, () => {
      /** @type {import('./browsers.js').Browser} */
      let own;
      before(async () => {
        own = await engine.launch();
      });
      after(() => own.close());

      /** @type {Session['open']} */
      async function open(t, url) {
        const tab = await own.open(url);
        t.after(() => tab.close());
        return tab;
      }

      /** @type {Session['openPage']} */
      async function openPage(t, { browser = own, pathOfPage = '/page', ...options } = {}) {
        const server = await serve(repository, { pathOfPage, ...options });
        t.after(() => server.close());
        const tab = await browser.open(server.url + pathOfPage);
        t.after(() => tab.close());
        return { tab, server };
      }

      define({ engine, open, openPage });
    });
  }
}
