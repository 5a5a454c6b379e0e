import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import manifest from '../../models/published.json' with { type: 'json' };
import { throwIfAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { CALLBACK, findMeant, readOptions, SIGNAL } from '../common/options.js';
import { unwritableFile } from '../files/file_errors.js';
import { writeFileWhole } from '../files/output_file.js';
import { convertModel } from '../weights/convert.js';
import { identityOfName } from '../weights/identity.js';
import { findPublished, modelFolder } from './cache.js';
import { download } from './download.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { Identity } from '../weights/identity.js' */

/**
 * A model whose weights its authors have published.
 *
 * @typedef {object} PublishedModel
 * @property {string} name of the published file, without its ending
 * @property {string | undefined} path in the user's cache, if it is there
 * @property {string} license of the weights
 * @property {string | undefined} attribution what its license asks to be said wherever it is used
 * @property {string | undefined} pin where no checksum is published: the file that holds the one of what was first fetched
 */

/**
 * @typedef {object} Origin
 * @property {string} url
 * @property {string | undefined} blob what git names its content, if that is known
 * @property {string} license
 * @property {string} [attribution]
 * @property {Identity} identity what it is
 */

const COLLECTIONS = [
  { ...manifest.edgel3, attribution: undefined },
  { ...manifest.openl3, blobs: /** @type {Record<string, string | null>} */ (manifest.openl3.blobs) },
];

/**
 * The models that the authors of EdgeL3 and OpenL3 have published, and which of them are at hand.
 *
 * @returns {Promise<PublishedModel[]>}
 */
export function listPublishedModels() {
  return Promise.all(
    COLLECTIONS.flatMap(({ blobs, license, attribution }) =>
      Object.entries(blobs).map(async ([name, blob]) => ({
        name,
        path: await findPublished(name),
        license,
        attribution,
        pin: blob ? undefined : pinOf(name),
      })),
    ),
  );
}

const FETCH_KINDS = { onProgress: CALLBACK, signal: SIGNAL };

/**
 * Brings a published model into the user's cache, where loadEmbeddingModel finds it: downloads it from its authors'
 * repository, or from `$EDGEL3_MODELS_URL`, checks that it is what was published, and converts it to safetensors in F32.
 * Of OpenL3's models no checksum is published: the first fetch keeps that of what it got, and later ones accept nothing
 * else. One that is there already is left alone. What breaks off is continued by the next call.
 *
 * @param {string} name such as 'edgel3_sea_ust_audio_emb_64' or 'openl3_audio_mel256_music'
 * @param {TransferOptions} [options]
 * @returns {Promise<string>} its path
 * @throws {EdgeL3Error} option_invalid, file_not_found, file_unreadable, file_damaged, output_unwritable, aborted
 */
export async function fetchPublishedModel(name, options) {
  const own = readOptions(options, FETCH_KINDS);
  const collection = COLLECTIONS.find(({ blobs }) => Object.hasOwn(blobs, name));
  if (!collection) {
    const names = COLLECTIONS.flatMap(({ blobs }) => Object.keys(blobs));
    const meant = findMeant(String(name), names);
    const rest = meant ? `did you mean '${meant}'?` : "'edgel3 models list' names them all.";
    throw new EdgeL3Error('option_invalid', `There is no published model '${String(name)}'; ${rest}`);
  }
  const found = await findPublished(name);
  if (found) return found;
  const { blobs, ending, license, attribution } = collection;
  const address = process.env.EDGEL3_MODELS_URL || collection.address;
  const url = `${address.replace(/\/*$/, '/')}${name}${ending}`;
  const blob = /** @type {Record<string, string | null>} */ (blobs)[name] ?? undefined;
  const origin = { url, blob, license, attribution, identity: identityOfName(`${name}${ending}`) };
  return fetchModel(name, origin, own);
}

/**
 * @param {string} name
 * @param {Origin} origin
 * @param {TransferOptions} options
 * @returns {Promise<string>} where it is now
 */
export async function fetchModel(name, { url, blob, license, attribution, identity }, options) {
  throwIfAborted(options.signal);
  const folder = modelFolder();
  await mkdir(folder, { recursive: true }).catch((cause) => {
    throw unwritableFile(folder, cause);
  });
  const downloaded = join(folder, `.${name}.h5.gz.part`);
  const expected = blob ? 'were published' : `were fetched first, which ${pinOf(name)} names`;
  const pinned = blob ?? (await readPin(name));
  const content = await download(url, downloaded, { blob: pinned, expected }, options);
  const metadata = { name, source: url, license, ...(attribution && { attribution }) };
  const converted = await convertModel(await readFile(downloaded), { metadata, ...identity, ...options });
  if (pinned === undefined) await writeFileWhole(pinOf(name), new TextEncoder().encode(`${content}\n`));
  const path = join(folder, `${name}.safetensors`);
  await writeFileWhole(path, converted);
  await rm(downloaded);
  return path;
}

/** @param {string} name of a model without a published checksum */
function pinOf(name) {
  return join(modelFolder(), `${name}.blob`);
}

/**
 * @param {string} name
 * @returns {Promise<string | undefined>} what git names the content that was fetched first
 */
async function readPin(name) {
  const text = await readFile(pinOf(name), 'utf8').catch(() => '');
  return /^[0-9a-f]{40}$/.exec(text.trim())?.[0];
}
