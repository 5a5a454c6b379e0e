import { EdgeL3Error } from 'edgel3';
import { find, listenToFiles } from '../page/dom.js';
import { Messages } from '../page/messages.js';

/** @import { Choice, Session } from '../page/session.js' */

/** Keras files, which do not always tell what they are. */
const KERAS_FILE = /\.(h5|hdf5|h5\.gz)$/i;

/** Which network is at work. */
export class ModelView {
  #session;
  #messages = new Messages('model-message');
  /** @type {File | undefined} that does not tell what it is */
  #asked;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    listenToFiles(find('model-input', HTMLInputElement), ([source]) => this.use({ source }));
    find('model-built-in', HTMLButtonElement).onclick = () => this.use({});
    find('model-choose', HTMLButtonElement).onclick = () => {
      const [modelType, inputRepr] = find('model-kind', HTMLSelectElement).value.split(' ');
      this.use(/** @type {Choice} */ ({ source: this.#asked, modelType, inputRepr }));
    };
  }

  /** @param {Choice} choice */
  async use(choice) {
    const { source } = choice;
    const before = this.#session.choice;
    if (!source && !before.source) {
      this.#messages.say('The built-in network is at work already.');
      return;
    }
    this.#ask(undefined);
    this.#messages.say(source ? `Loading ${source.name} …` : 'Loading …');
    try {
      const { name } = await this.#session.use(choice);
      this.#messages.say(`${name} is at work now, in all views.`, {
        action: 'Undo',
        onAction: () => this.use(before),
      });
    } catch (error) {
      this.#messages.sayError(error);
      const isUnclear =
        error instanceof EdgeL3Error && ['model_unsupported', 'option_invalid'].includes(error.code);
      if (isUnclear && source && KERAS_FILE.test(source.name)) this.#ask(source);
    }
  }

  /** Lets the visitor say what a file is. @param {File | undefined} file */
  #ask(file) {
    this.#asked = file;
    find('model-question', HTMLElement).hidden = file === undefined;
    if (!file) return;
    find('model-file', HTMLElement).textContent = file.name;
    find('model-kind', HTMLSelectElement).focus();
  }
}
