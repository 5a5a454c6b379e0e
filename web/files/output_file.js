import { link, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EdgeL3Error } from '../common/errors.js';
import { unwritableFile } from './file_errors.js';
import { isThere } from './is_there.js';
import { OpenFile } from './open_file.js';
import { temporaryPath } from './temporary_file.js';

/** @import { Output } from '../outputs/output.js' */

/** Bytes that are collected before they are written. A file of no more is written at once. */
const BUFFER_BYTES = 2 ** 16;

/**
 * A file that appears whole or not at all: it is written under a temporary name beside its own, which begins with a
 * dot and ends with '.tmp', then gets its own.
 *
 * @implements {Output}
 */
export class OutputFile {
  #path;
  #temporary;
  #file;
  #replaces;
  #name;
  /** The bytes at the end that are not written yet. */
  #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #pending = 0;
  #written = 0;

  /**
   * @param {string} path in a folder that exists
   * @param {{ replaces?: boolean, name?: string }} [options] `replaces`: whether it takes the place of what has its name
   *   by then; default true. `name`: what messages call it; default: its path
   * @returns {Promise<OutputFile>} to be given to finish() or discard()
   * @throws {EdgeL3Error} output_unwritable
   */
  static async create(path, { replaces = true, name = path } = {}) {
    const temporary = await temporaryPath(dirname(path));
    try {
      return new OutputFile({ path, temporary, file: await OpenFile.open(temporary, 'wx+'), replaces, name });
    } catch (cause) {
      throw unwritableFile(name, cause);
    }
  }

  /**
   * @param {{ path: string, temporary: string, file: OpenFile, replaces: boolean, name: string }} parts
   */
  constructor({ path, temporary, file, replaces, name }) {
    this.#path = path;
    this.#temporary = temporary;
    this.#file = file;
    this.#replaces = replaces;
    this.#name = name;
  }

  /** Bytes appended so far. */
  get position() {
    return this.#written + this.#pending;
  }

  /** @param {Uint8Array} bytes */
  async append(bytes) {
    if (this.#pending + bytes.length > BUFFER_BYTES) await this.#flush();
    if (bytes.length > BUFFER_BYTES) {
      await this.#write(bytes, this.#written);
      this.#written += bytes.length;
    } else {
      this.#buffer.set(bytes, this.#pending);
      this.#pending += bytes.length;
    }
  }

  /**
   * Writes over what was appended.
   *
   * @param {Uint8Array} bytes
   * @param {number} position
   */
  async overwrite(bytes, position) {
    if (position >= this.#written) {
      this.#buffer.set(bytes, position - this.#written);
    } else {
      await this.#flush();
      await this.#write(bytes, position);
    }
  }

  /**
   * Reads what was appended.
   *
   * @param {number} start
   * @param {number} end
   * @returns {AsyncGenerator<Uint8Array>}
   */
  async *read(start, end) {
    if (start >= this.#written) {
      yield this.#buffer.subarray(start - this.#written, end - this.#written);
      return;
    }
    await this.#flush();
    const buffer = Buffer.alloc(BUFFER_BYTES);
    for (let position = start; position < end; ) {
      const wanted = Math.min(buffer.length, end - position);
      const count = await this.#try(() => this.#file.read(buffer.subarray(0, wanted), position));
      yield buffer.subarray(0, count);
      position += count;
    }
  }

  /** Puts the file in its place. */
  async finish() {
    await this.#flush();
    await this.#try(async () => {
      // Without it, a loss of power may leave the name without the content.
      await this.#file.sync();
      await this.#file.close();
      if (this.#replaces) await rename(this.#temporary, this.#path);
      else await renameToNew(this.#temporary, this.#path);
    });
  }

  /** Leaves nothing behind; does nothing after finish(). */
  async discard() {
    await this.#file.close().catch(() => {});
    await rm(this.#temporary, { force: true });
  }

  async #flush() {
    await this.#write(this.#buffer.subarray(0, this.#pending), this.#written);
    this.#written += this.#pending;
    this.#pending = 0;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} position
   */
  async #write(bytes, position) {
    // A full disk takes a part first, and only then says that it is full.
    for (let done = 0; done < bytes.length; ) {
      const rest = bytes.subarray(done);
      done += await this.#try(() => this.#file.write(rest, position + done));
    }
  }

  /**
   * @template T
   * @param {() => Promise<T>} action
   */
  async #try(action) {
    try {
      return await action();
    } catch (cause) {
      throw cause instanceof EdgeL3Error ? cause : unwritableFile(this.#name, cause);
    }
  }
}

/**
 * @param {string} from
 * @param {string} to
 * @throws {EdgeL3Error | NodeJS.ErrnoException} output_unwritable if there is something already
 */
async function renameToNew(from, to) {
  try {
    // Unlike a rename, it fails where something is, even if another process has put it there just now.
    await link(from, to);
    await unlink(from);
  } catch (cause) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (cause);
    if (code === 'EEXIST' || (await isThere(to))) throw existingFile(to, cause);
    // Some file systems have no links.
    await rename(from, to);
  }
}

/**
 * @param {string} path
 * @param {unknown} [cause]
 */
export function existingFile(path, cause) {
  return new EdgeL3Error('output_unwritable', `${path} is there already, and is not replaced.`, cause);
}

/**
 * @param {string} path
 * @param {Uint8Array} bytes
 * @param {{ replaces?: boolean }} [options] as for OutputFile.create
 * @throws {EdgeL3Error} output_unwritable
 */
export async function writeFileWhole(path, bytes, options) {
  const output = await OutputFile.create(path, options);
  try {
    await output.append(bytes);
    await output.finish();
  } finally {
    await output.discard();
  }
}
