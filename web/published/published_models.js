import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import manifest from '../../models/published.json' with { type: 'json' };
import { throwIfAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { CALLBACK, findMeant, readOptions, SIGNAL } from '../common/options.js';
import { unwritableFile } from '../files/file_errors.js';
import { writeFileWhole } from '../files/output_file.js';
import { convertModel } from '../weights/convert.js';
import { findPublished, modelFolder } from './cache.js';
import { download } from './download.js';

/** @import { TransferOptions } from '../common/transfer.js' */

/**
 * @typedef {object} PublishedModel
 * @property {string} name
 * @property {string | undefined} path in the user's cache, if it is there
 */

/**
 * The models that EdgeL3's authors have published, and which of them are at hand.
 *
 * @returns {Promise<PublishedModel[]>}
 */
export function listPublishedModels() {
  return Promise.all(
    Object.keys(manifest.blobs).map(async (name) => ({ name, path: await findPublished(name) })),
  );
}

const FETCH_KINDS = { onProgress: CALLBACK, signal: SIGNAL };

/**
 * Brings a published model into the user's cache, where loadEmbeddingModel finds it: downloads it from EdgeL3's
 * repository, or from `$EDGEL3_MODELS_URL`, checks that it is what was published, and converts it to safetensors in
 * F32. One that is there already is left alone. What breaks off is continued by the next call.
 *
 * @param {string} name such as 'edgel3_sea_ust_audio_emb_64'
 * @param {TransferOptions} [options]
 * @returns {Promise<string>} its path
 * @throws {EdgeL3Error} option_invalid, file_not_found, file_unreadable, file_damaged, output_unwritable, aborted
 */
export async function fetchPublishedModel(name, options) {
  /** @type {Record<string, string>} */
  const blobs = manifest.blobs;
  const own = readOptions(options, FETCH_KINDS);
  if (!Object.hasOwn(blobs, name)) {
    const meant = findMeant(String(name), Object.keys(blobs));
    const rest = meant ? `did you mean '${meant}'?` : "'edgel3 models list' names them all.";
    throw new EdgeL3Error('option_invalid', `There is no published model '${String(name)}'; ${rest}`);
  }
  const address = process.env.EDGEL3_MODELS_URL || manifest.address;
  const url = `${address.replace(/\/*$/, '/')}${name}.h5.gz`;
  return (await findPublished(name)) ?? fetchModel({ name, url, blob: blobs[name] }, own);
}

/**
 * @param {{ name: string, url: string, blob: string }} model
 * @param {TransferOptions} options
 * @returns {Promise<string>} where it is now
 */
export async function fetchModel({ name, url, blob }, options) {
  throwIfAborted(options.signal);
  const folder = modelFolder();
  await mkdir(folder, { recursive: true }).catch((cause) => {
    throw unwritableFile(folder, cause);
  });
  const downloaded = join(folder, `.${name}.h5.gz.part`);
  await download(url, downloaded, blob, options);
  const metadata = { name, source: url, license: manifest.license };
  const converted = await convertModel(await readFile(downloaded), { metadata, ...options });
  const path = join(folder, `${name}.safetensors`);
  await writeFileWhole(path, converted);
  await rm(downloaded);
  return path;
}
