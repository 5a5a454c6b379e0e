/**
 * What a file of embeddings is called: as the command line names it, and where two files would get the same name, as it
 * does with --keep-extension.
 *
 * @param {string} name of the sound file
 * @param {string} format
 * @param {string[]} names of all sound files
 * @returns {string}
 */
export function outputName(name, format, names) {
  const stem = stemOf(name);
  const isShared = names.some((other) => other !== name && stemOf(other) === stem);
  return `${isShared ? name : stem}.${format}`;
}

/** @param {string} name @returns {string} without its last extension; a dot in front begins none */
function stemOf(name) {
  return name.replace(/(?<=.)\.[^.]*$/, '');
}
