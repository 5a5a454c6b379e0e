import { sep } from 'node:path';

/**
 * A path in a folder. Unlike join of node:path it leaves 'link/..' to the system, which goes through the link.
 *
 * @param {string} folder
 * @param {string} name
 */
export function joinPath(folder, name) {
  if (folder === '' || folder === '.') return name;
  return folder.endsWith('/') || folder.endsWith(sep) ? folder + name : folder + sep + name;
}
