/** Thrown where what is to be said cannot be written: nothing that follows could be, either. */
export class OutputLost extends Error {
  /** @param {unknown} cause what the system says */
  constructor(cause) {
    // Node puts the name of the call behind the reason.
    const [reason] = /** @type {Error} */ (cause).message.split(', ');
    super(`Standard output could not be written: ${reason}.`, { cause });
  }
}
