import { EdgeL3Error } from '../node.js';
import { inOptionNames } from './option_names.js';
import { OutputLost } from './output_lost.js';
import { PassedOver } from './passed_over.js';
import { ProgressLine } from './progress_line.js';
import { print } from './standard_output.js';
import { UsageError } from './usage_error.js';

/** @import { Progress } from '../node.js' */
/** @typedef {{ code: string, message: string }} Warning */

/** Lines that say the same of different files: those beyond are counted. Of what failed a person needs the names. */
const MAX_ALIKE = 3;
const MAX_FAILURES_ALIKE = 20;

/** What a person, or a program, gets to see of a run. */
export class Report {
  #isQuiet;
  #isJson;
  #isTable;
  #line;
  /** @type {number | undefined} */
  #total;
  #done = 0;
  #skipped = 0;
  #failed = 0;
  /** Of those that were skipped. */
  #unknown = 0;
  #passedOver = new PassedOver();
  /** @type {Map<string, { count: number, limit: number }>} files of which a sentence would be said, by the sentence */
  #alike = new Map();
  /** @type {Map<string, string[]>} codes of warnings by the file they are about */
  #warnings = new Map();

  /**
   * @param {object} options
   * @param {boolean} options.quiet print errors and warnings only
   * @param {boolean} options.json print an object for each file instead of a line to read
   * @param {string} [options.combine] the one table that all files go to
   */
  constructor({ quiet, json, combine }) {
    this.#isQuiet = quiet;
    this.#isJson = json;
    this.#isTable = combine !== undefined;
    this.#line = new ProgressLine(!quiet);
  }

  /** How many files failed. */
  get failed() {
    return this.#failed;
  }

  /** @param {number} total files that will be done, skipped or fail */
  expect(total) {
    // What has failed already was no file to expect.
    this.#total = total + this.#failed;
  }

  /** How many are done, were skipped or failed. */
  get #finished() {
    return this.#done + this.#skipped + this.#failed;
  }

  /**
   * @param {string} file
   * @param {Progress} progress within it
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
    this.#done++;
    const warnings = this.#warnings.get(file);
    this.#warnings.delete(file);
    this.#print(`${file} -> ${output} (${windows} x ${dimensions})`, {
      file,
      status: 'done',
      output,
      windows,
      dimensions,
      ...(warnings && { warnings }),
    });
  }

  /**
   * @param {string} file
   * @param {string} output
   * @param {boolean} [isKnown] whether it is known to be of this file and these options; default true
   */
  skipped(file, output, isKnown = true) {
    this.#skipped++;
    if (!isKnown && this.#unknown++ === 0) {
      this.#line.clear();
      console.error(
        this.#isTable
          ? `edgel3: warning: ${output} does not say of which sounds it was made; those named there are skipped, and --overwrite ` +
              'makes the whole table again, of what is named then'
          : `edgel3: warning: ${output} is there already and does not say of which sound and how it was made; such outputs are ` +
              'skipped, and --overwrite makes them again',
      );
    }
    const isShown = this.#count('skipped', MAX_ALIKE);
    const text = isShown ? `${file}: skipped, ${output} is there already` : undefined;
    this.#print(text, { file, status: 'skipped', output });
  }

  /**
   * Says of a sound that it is not among those that are embedded.
   *
   * @param {string} file
   * @param {string} reason what it is, and what can be done about it
   */
  passedOver(file, reason) {
    this.#passedOver.add(reason);
    const isShown = this.#count(`passed over: ${reason}`, MAX_ALIKE);
    const text = isShown ? `${file}: passed over, ${reason}` : undefined;
    this.#print(text, { file, status: 'passed over', message: reason });
  }

  /**
   * @param {string} file
   * @param {unknown} error
   */
  failure(file, error) {
    this.#failed++;
    const { code = 'internal', message } = /** @type {EdgeL3Error} */ (error);
    this.#line.clear();
    if (this.#count(`failed: ${kindOf(error)}`, MAX_FAILURES_ALIKE)) printError(error, file);
    if (this.#isJson) this.#print(undefined, { file, status: 'failed', code, message });
  }

  /**
   * @param {string} file
   * @param {Warning} warning
   */
  warning(file, { code, message }) {
    this.#warnings.set(file, [...(this.#warnings.get(file) ?? []), code]);
    this.#line.clear();
    if (this.#count(`warning: ${message}`, MAX_ALIKE)) console.error(`edgel3: ${file}: warning: ${message}`);
  }

  /** How many were passed over, and why; empty if none was. */
  get passedOverText() {
    return this.#passedOver.text;
  }

  /** Removes the line that shows the progress. */
  clear() {
    this.#line.clear();
  }

  /** Says, at the end, what was counted instead of printed, and how much all of it is. */
  end() {
    this.clear();
    for (const [text, { count, limit }] of this.#alike) {
      if (count > limit && !/^(skipped|passed over)/.test(text)) {
        console.error(`edgel3: ${count - limit} more of the same, ${text}`);
      }
    }
    const isSaid = this.#finished > 1 || this.#skipped > 0 || this.passedOverText !== '';
    if (isSaid && !this.#isJson) this.#print(this.#summary(), {});
  }

  #summary() {
    const isSaid = this.#unknown === 0 || this.#isTable;
    const skipped =
      `${this.#skipped} skipped: ${this.#isTable ? 'they are' : 'their outputs are'} there already` +
      (isSaid
        ? ''
        : ` (${this.#unknown} of them do not say how they were made: --overwrite makes them again; if they are of other ` +
          'sounds with these names, --keep-extension or another --output-dir keeps both)');
    const parts = [
      `${this.#done} done`,
      this.#skipped > 0 && skipped,
      this.#failed > 0 && `${this.#failed} failed`,
      this.passedOverText,
    ];
    return parts.filter(Boolean).join(', ');
  }

  /**
   * @param {string} text what would be said of a file
   * @param {number} limit how often it is
   * @returns {boolean} whether to say it once more
   */
  #count(text, limit) {
    const { count } = this.#alike.get(text) ?? { count: 0 };
    this.#alike.set(text, { count: count + 1, limit });
    return count < limit;
  }

  /**
   * @param {string | undefined} text
   * @param {object} facts
   */
  #print(text, facts) {
    this.#line.clear();
    if (this.#isQuiet) return;
    if (this.#isJson) print(`${JSON.stringify(facts)}\n`);
    else if (text !== undefined) print(`${text}\n`);
  }
}

/**
 * @param {unknown} error
 * @returns {string} the same for errors that differ only in the file
 */
function kindOf(error) {
  const { message, cause, code } = /** @type {EdgeL3Error} */ (error);
  const reason = /** @type {NodeJS.ErrnoException | undefined} */ (cause)?.code;
  // Such a message has the file's own path in it, and only the system's reason is the same.
  const isOfSystem = code === 'output_unwritable' || code === 'file_unreadable';
  return reason && isOfSystem ? `${code} (${reason})` : message;
}

/**
 * One line for what a user can do something about; anything else is a defect of ours and shows all it has.
 *
 * @param {unknown} error
 * @param {string} [file]
 */
export function printError(error, file = '') {
  const isExpected = [EdgeL3Error, UsageError, OutputLost].some((Class) => error instanceof Class);
  const { message, stack } = /** @type {Error} */ (error);
  const text = isExpected ? inOptionNames(message) : String(stack);
  console.error(text.includes(file) ? `edgel3: ${text}` : `edgel3: ${file}: ${text}`);
}
