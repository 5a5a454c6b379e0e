/** Thrown for a command line that makes no sense; the message is for the person who typed it. */
export class UsageError extends Error {}

/** The library's, for what stands in the command line. */
const OPTION_CODES = ['hop_invalid', 'option_invalid'];

/**
 * @param {unknown} error
 * @returns {boolean} whether it lies in the command line, and would come again with every file
 */
export function isUsageError(error) {
  return error instanceof UsageError || OPTION_CODES.includes(/** @type {{ code: string }} */ (error).code);
}
