import { find, listenToFiles } from '../page/dom.js';
import { say, sayError } from '../page/messages.js';

/** @import { Session } from '../page/session.js' */

/** Which network is at work. */
export class ModelView {
  #session;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    listenToFiles(find('model-input', HTMLInputElement), ([file]) => this.use(file));
    find('model-built-in', HTMLButtonElement).onclick = () => this.use(undefined);
  }

  /** @param {File | undefined} file undefined: the built-in one */
  async use(file) {
    say(file ? `Loading ${file.name} …` : 'Loading …');
    try {
      await this.#session.use(file);
      say('');
    } catch (error) {
      sayError(error);
    }
  }
}
