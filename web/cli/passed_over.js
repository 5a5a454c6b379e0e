/** Counts the files that are passed over, by the reason. */
export class PassedOver {
  /** @type {Map<string, number>} */
  #counts = new Map();

  /** @param {string} reason what it is, and what can be done about it */
  add(reason) {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  /** How many, and why; empty if none was. */
  get text() {
    const reasons = [...this.#counts].map(([reason, count]) => `${count} (${reason})`);
    return reasons.length === 0 ? '' : `passed over: ${reasons.join(', ')}`;
  }
}
