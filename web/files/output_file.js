import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unwritableFile } from './file_errors.js';

/** @import { FileHandle } from 'node:fs/promises' */
/** @import { Output } from '../outputs/output.js' */

/** Bytes that are collected before they are written. */
const BUFFER_BYTES = 2 ** 16;

/**
 * A file that appears whole or not at all: it is written under a temporary name beside its own, which begins with a
 * dot and ends with '.tmp', then renamed over what was there.
 *
 * @implements {Output}
 */
export class OutputFile {
  #path;
  #temporary;
  #file;
  /** @type {Uint8Array[]} */
  #pending = [];
  #pendingBytes = 0;
  #position = 0;

  /**
   * @param {string} path in a folder that exists
   * @returns {Promise<OutputFile>} to be given to finish() or discard()
   * @throws {import('../common/errors.js').EdgeL3Error} output_unwritable
   */
  static async create(path) {
    const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
    try {
      return new OutputFile(path, temporary, await open(temporary, 'wx+'));
    } catch (cause) {
      throw unwritableFile(path, cause);
    }
  }

  /**
   * @param {string} path
   * @param {string} temporary
   * @param {FileHandle} file
   */
  constructor(path, temporary, file) {
    this.#path = path;
    this.#temporary = temporary;
    this.#file = file;
  }

  /** Bytes appended so far. */
  get position() {
    return this.#position;
  }

  /** @param {Uint8Array} bytes not to change afterwards */
  async append(bytes) {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#position += bytes.length;
    if (this.#pendingBytes >= BUFFER_BYTES) await this.#flush();
  }

  /**
   * Writes over what was appended.
   *
   * @param {Uint8Array} bytes
   * @param {number} position
   */
  async overwrite(bytes, position) {
    await this.#flush();
    await this.#write(bytes, position);
  }

  /**
   * Reads what was appended.
   *
   * @param {number} start
   * @param {number} end
   * @returns {AsyncGenerator<Uint8Array>}
   */
  async *read(start, end) {
    await this.#flush();
    const buffer = Buffer.alloc(BUFFER_BYTES);
    for (let position = start; position < end; ) {
      const wanted = Math.min(buffer.length, end - position);
      const { bytesRead } = await this.#try(() => this.#file.read(buffer, 0, wanted, position));
      yield buffer.subarray(0, bytesRead);
      position += bytesRead;
    }
  }

  /** Puts the file in its place. */
  async finish() {
    await this.#flush();
    await this.#try(async () => {
      // Without it, a loss of power may leave the name without the content.
      await this.#file.datasync();
      await this.#file.close();
      await rename(this.#temporary, this.#path);
    });
  }

  /** Leaves nothing behind; does nothing after finish(). */
  async discard() {
    await this.#file.close().catch(() => {});
    await rm(this.#temporary, { force: true });
  }

  async #flush() {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    await this.#write(bytes, this.#position - bytes.length);
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} position
   */
  async #write(bytes, position) {
    // A full disk takes a part first, and only then says that it is full.
    for (let done = 0; done < bytes.length; ) {
      const rest = bytes.subarray(done);
      const { bytesWritten } = await this.#try(() => this.#file.write(rest, 0, rest.length, position + done));
      done += bytesWritten;
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
      throw unwritableFile(this.#path, cause);
    }
  }
}

/**
 * @param {string} path
 * @param {Uint8Array} bytes
 * @throws {import('../common/errors.js').EdgeL3Error} output_unwritable
 */
export async function writeFileWhole(path, bytes) {
  const output = await OutputFile.create(path);
  try {
    await output.append(bytes);
    await output.finish();
  } finally {
    await output.discard();
  }
}
