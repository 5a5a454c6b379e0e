/**
 * What the caller gave, and nothing that another script of the page has added to all objects.
 *
 * @template {object} T
 * @param {T} [options]
 * @returns {T}
 */
export function withoutInherited(options) {
  return /** @type {any} */ ({ __proto__: null, ...options });
}
