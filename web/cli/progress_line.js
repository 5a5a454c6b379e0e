/** Milliseconds between two drawings: fast enough to look alive. */
const INTERVAL = 100;

const BAR_WIDTH = 20;

/**
 * A line at the bottom of the terminal that says how far the work is. Where standard error is not a terminal, or
 * nobody wants to see it, nothing is drawn.
 */
export class ProgressLine {
  #isOn;
  #drawnAt = 0;
  #isDrawn = false;

  /** @param {boolean} isWanted */
  constructor(isWanted) {
    this.#isOn = isWanted && process.stderr.isTTY === true;
  }

  /**
   * @param {number | undefined} fraction from 0 to 1, if it is known
   * @param {string} text
   */
  draw(fraction, text) {
    const now = performance.now();
    if (!this.#isOn || now - this.#drawnAt < INTERVAL) return;
    this.#drawnAt = now;
    this.#isDrawn = true;
    const filled = Math.round(BAR_WIDTH * Math.min(1, fraction ?? 0));
    const bar = fraction === undefined ? '' : `[${'#'.repeat(filled).padEnd(BAR_WIDTH, '.')}] `;
    // Some terminals say that they have no columns.
    const columns = process.stderr.columns || 80;
    process.stderr.write(`\r${`${bar}${text}`.slice(0, columns - 1)}\x1b[K`);
  }

  /** Makes room for a line of text. */
  clear() {
    if (this.#isDrawn) process.stderr.write('\r\x1b[K');
    this.#isDrawn = false;
  }
}
