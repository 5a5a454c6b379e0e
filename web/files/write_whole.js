import { fstatSync, writeSync } from 'node:fs';

/**
 * Where a stream is this process's standard output, and that is a file: its descriptor. Of a write to a nearly full disk the
 * system takes a part, and Node's stream takes that for all of it, so such a file is to be written by `writeWhole` instead.
 *
 * @param {import('node:stream').Writable} stream
 * @returns {number | undefined} undefined for any other stream
 */
export function fileDescriptorOf(stream) {
  const standard = [process.stdout, process.stderr].find((one) => one === stream);
  if (!standard || standard.isTTY) return undefined;
  const entry = fstatSync(standard.fd);
  return entry.isFIFO() || entry.isSocket() ? undefined : standard.fd;
}

/**
 * @param {number} descriptor of a file
 * @param {Uint8Array} bytes
 * @throws {NodeJS.ErrnoException}
 */
export function writeWhole(descriptor, bytes) {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}
