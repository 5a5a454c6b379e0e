import { unreadableFile } from './file_errors.js';
import { OpenFile } from './open_file.js';

/** A file of which any part is read at any time. */
export class FileBytes {
  #path;
  #file;

  /**
   * @param {string} path
   * @returns {Promise<FileBytes>} to be closed
   * @throws {import('../common/errors.js').EdgeL3Error} file_not_found, file_unreadable
   */
  static async open(path) {
    /** @type {OpenFile | undefined} */
    let file;
    try {
      file = await OpenFile.open(path, 'r');
      return new FileBytes(path, file, file.size);
    } catch (cause) {
      await file?.close();
      throw unreadableFile(path, cause);
    }
  }

  /**
   * @param {string} path
   * @param {OpenFile} file
   * @param {number} byteLength
   */
  constructor(path, file, byteLength) {
    this.#path = path;
    this.#file = file;
    this.byteLength = byteLength;
  }

  /**
   * @param {number} start
   * @param {number} end
   * @returns {Promise<Uint8Array<ArrayBuffer>>} fewer bytes where the file ends
   * @throws {import('../common/errors.js').EdgeL3Error} file_unreadable
   */
  async read(start, end) {
    const bytes = new Uint8Array(end - start);
    try {
      let done = 0;
      while (done < bytes.length) {
        const count = await this.#file.read(bytes.subarray(done), start + done);
        if (count === 0) break;
        done += count;
      }
      return bytes.subarray(0, done);
    } catch (cause) {
      throw unreadableFile(this.#path, cause);
    }
  }

  async close() {
    await this.#file.close();
  }
}
