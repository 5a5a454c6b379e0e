import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const committed = new URL('../../golden/', import.meta.url);
const larger = process.env.EDGEL3_GOLDEN
  ? new URL(`file://${process.env.EDGEL3_GOLDEN}/`)
  : new URL('../../../../shared/golden/', import.meta.url);

/** Path of a committed golden network, such as 'sea64'. @param {string} network */
export function goldenModelPath(network) {
  return fileURLToPath(new URL(`synthetic_${network}.h5.gz`, committed));
}

/** A committed golden network, unpacked. @param {string} network @returns {Uint8Array} */
export function goldenModel(network) {
  return new Uint8Array(gunzipSync(readFileSync(goldenModelPath(network))));
}

/** EdgeL3's own SEA-64, or undefined where it is not at hand. */
export function publishedSea64() {
  const url = new URL('../weights/edgel3_sea_ust_audio_emb_64.h5.gz', larger);
  return existsSync(url) ? new Uint8Array(readFileSync(url)) : undefined;
}

/**
 * A copy of a file in which a text, wherever it stands, is another of the same length.
 *
 * @param {Uint8Array} bytes
 * @param {string} text
 * @param {string} replacement
 */
export function replaceText(bytes, text, replacement) {
  if (text.length !== replacement.length) throw new Error('The lengths differ.');
  const copy = Buffer.from(bytes);
  let found = copy.indexOf(text);
  if (found < 0) throw new Error(`'${text}' is not in the file.`);
  for (; found >= 0; found = copy.indexOf(text, found + 1)) copy.write(replacement, found);
  return new Uint8Array(copy);
}
