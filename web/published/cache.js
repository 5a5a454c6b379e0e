import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { EdgeL3Error } from '../common/errors.js';

/** What a published model may end with in the cache: as fetched by this library, or put there by hand. */
const ENDINGS = ['.safetensors', '.h5', '.h5.gz'];

/** Folder of the published models: `$EDGEL3_CACHE/models`, or `~/.cache/edgel3/models`. */
export function modelFolder() {
  const { EDGEL3_CACHE, XDG_CACHE_HOME } = process.env;
  return join(EDGEL3_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'edgel3'), 'models');
}

/**
 * @param {string} name of a published model
 * @returns {Promise<string | undefined>} its path in the cache
 */
export async function findPublished(name) {
  for (const ending of ENDINGS) {
    const path = join(modelFolder(), name + ending);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

/**
 * Reads a published model from the user's cache.
 *
 * @param {string} name
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {EdgeL3Error} model_not_found
 */
export async function readPublished(name) {
  const path = await findPublished(name);
  if (path) return new Uint8Array(await readFile(path));
  throw new EdgeL3Error(
    'model_not_found',
    `${name} is not in ${modelFolder()}: run 'edgel3 models fetch ${name}' once, with a network.`,
  );
}
