import { EdgeL3Error } from '../node.js';
import { ProgressLine } from './progress_line.js';
import { UsageError } from './usage_error.js';

/** @typedef {{ message: string }} Warning */

/** What a person, or a program, gets to see of a run. */
export class Report {
  #isQuiet;
  #isJson;
  #line;
  #total;
  #finished = 0;
  #failed = 0;

  /**
   * @param {object} options
   * @param {boolean} options.quiet print errors and warnings only
   * @param {boolean} options.json print an object for each file instead of a line to read
   * @param {number} [options.total] files, if it is known
   */
  constructor({ quiet, json, total }) {
    this.#isQuiet = quiet;
    this.#isJson = json;
    this.#total = total;
    this.#line = new ProgressLine(!quiet);
  }

  /** How many files failed. */
  get failed() {
    return this.#failed;
  }

  /**
   * @param {string} file
   * @param {import('../common/transfer.js').Progress} progress within it
   */
  progress(file, { done, total }) {
    const fraction = total === undefined ? undefined : done / total;
    const percent = fraction === undefined ? '' : `${Math.floor(100 * fraction)} % of `;
    if (this.#total === undefined) {
      this.#line.draw(fraction, `${this.#finished} files, ${percent}${file}`);
    } else {
      const overall = (this.#finished + (fraction ?? 0)) / this.#total;
      this.#line.draw(overall, `${this.#finished}/${this.#total} files, ${percent}${file}`);
    }
  }

  /**
   * @param {string} file
   * @param {string} output
   * @param {[number, number]} shape
   */
  done(file, output, [windows, dimensions]) {
    this.#finished++;
    this.#print(`${file} -> ${output} (${windows} x ${dimensions})`, {
      file,
      status: 'done',
      output,
      windows,
      dimensions,
    });
  }

  /**
   * @param {string} file
   * @param {string} output
   */
  skipped(file, output) {
    this.#finished++;
    this.#print(`${file}: skipped, ${output} is there already`, { file, status: 'skipped', output });
  }

  /**
   * @param {string} file
   * @param {unknown} error
   */
  failure(file, error) {
    this.#finished++;
    this.#failed++;
    const { code = 'internal', message } = /** @type {EdgeL3Error} */ (error);
    this.#line.clear();
    printError(error, file);
    if (this.#isJson) this.#print('', { file, status: 'failed', code, message });
  }

  /**
   * @param {string} file
   * @param {Warning} warning
   */
  warning(file, { message }) {
    this.#line.clear();
    console.error(`edgel3: ${file}: warning: ${message}`);
  }

  /** To be called at the end. */
  end() {
    this.#line.clear();
  }

  /**
   * @param {string} text
   * @param {object} facts
   */
  #print(text, facts) {
    this.#line.clear();
    if (!this.#isQuiet) console.log(this.#isJson ? JSON.stringify(facts) : text);
  }
}

/**
 * One line for what a user can do something about; anything else is a defect of ours and shows all it has.
 *
 * @param {unknown} error
 * @param {string} [file]
 */
export function printError(error, file = '') {
  const isExpected = error instanceof EdgeL3Error || error instanceof UsageError;
  const { message, stack } = /** @type {Error} */ (error);
  const text = isExpected ? message : String(stack);
  console.error(text.includes(file) ? `edgel3: ${text}` : `edgel3: ${file}: ${text}`);
}
