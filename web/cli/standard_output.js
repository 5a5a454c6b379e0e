import { fstatSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import { OutputLost } from './output_lost.js';

const DESCRIPTOR = 1;

/**
 * Standard output. Of a write to a nearly full disk the system takes a part, and Node's own stream takes that for all of
 * it: where the output is a file, this one writes the rest, and so learns that there is no room.
 *
 * @type {Writable}
 */
export const standardOutput = isFile()
  ? new Writable({
      write(bytes, _, callback) {
        try {
          writeWhole(bytes);
          callback();
        } catch (cause) {
          callback(/** @type {Error} */ (cause));
        }
      },
    })
  : process.stdout;

/**
 * @param {string} text
 * @throws {OutputLost}
 */
export function print(text) {
  if (standardOutput === process.stdout) {
    process.stdout.write(text);
    return;
  }
  try {
    writeWhole(Buffer.from(text));
  } catch (cause) {
    throw new OutputLost(cause);
  }
}

/**
 * For what never ends: nothing heaps up that nobody reads.
 *
 * @param {string} text
 * @returns {Promise<void>} when the system has taken it
 * @throws {OutputLost}
 */
export function printWhenTaken(text) {
  return new Promise((resolve, reject) => {
    standardOutput.write(text, (cause) => (cause ? reject(new OutputLost(cause)) : resolve()));
  });
}

/** @param {Uint8Array} bytes */
function writeWhole(bytes) {
  for (let done = 0; done < bytes.length; ) done += writeSync(DESCRIPTOR, bytes, done);
}

/** @returns {boolean} or a device, but neither a terminal nor a pipe */
function isFile() {
  const entry = fstatSync(DESCRIPTOR);
  return !process.stdout.isTTY && !entry.isFIFO() && !entry.isSocket();
}
