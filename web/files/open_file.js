import { closeSync, fdatasync, fstatSync, open, read, write } from 'node:fs';
import { promisify } from 'node:util';

const openDescriptor = promisify(open);
const readInto = promisify(read);
const writeFrom = promisify(write);
const syncData = promisify(fdatasync);

/**
 * An open file. It does what little a FileHandle of Node is needed for here, in less time: every call of that one goes to another
 * thread and back, also those that have nothing to wait for.
 */
export class OpenFile {
  #descriptor;
  #isOpen = true;
  /** What the other thread does with it at the moment. @type {Promise<unknown>} */
  #underWay = Promise.resolve();

  /**
   * @param {string | URL} path
   * @param {'r' | 'wx+'} flags as Node has them
   * @returns {Promise<OpenFile>} to be closed
   * @throws {NodeJS.ErrnoException} as do all other methods
   */
  static async open(path, flags) {
    return new OpenFile(await openDescriptor(path, flags));
  }

  /** @param {number} descriptor */
  constructor(descriptor) {
    this.#descriptor = descriptor;
  }

  /** Bytes that it has. */
  get size() {
    return fstatSync(this.#descriptor).size;
  }

  /**
   * @param {Uint8Array} bytes to be filled
   * @param {number | null} position where they stand in the file; null: behind those that were read last
   * @returns {Promise<number>} how many were read
   */
  async read(bytes, position) {
    const reading = readInto(this.#descriptor, bytes, 0, bytes.length, position);
    this.#underWay = reading;
    return (await reading).bytesRead;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} position
   * @returns {Promise<number>} how many were written
   */
  async write(bytes, position) {
    const writing = writeFrom(this.#descriptor, bytes, 0, bytes.length, position);
    this.#underWay = writing;
    return (await writing).bytesWritten;
  }

  /** Waits until what was written would outlast a loss of power. */
  async sync() {
    const syncing = syncData(this.#descriptor);
    this.#underWay = syncing;
    await syncing;
  }

  /** Lets go of it when what is under way is over. May be called twice. */
  async close() {
    await this.#underWay.catch(() => {});
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }
}
