/**
 * Lets the page do what else it has to: no piece of work may hold it up for long.
 *
 * @returns {Promise<void>}
 */
export function giveWay() {
  return new Promise((resolve) => setTimeout(resolve));
}
