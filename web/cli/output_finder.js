import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { EdgeL3Error, getOutputPath } from '../node.js';
import { identify } from './file_identity.js';

/** @import { EmbedArguments } from './embed_arguments.js' */
/** @import { Input } from './inputs.js' */

/** Knows where the output of each input goes, and that no two inputs share one. */
export class OutputFinder {
  #options;
  /** @type {Map<string, string>} inputs by their outputs, without links and in one spelling */
  #inputs = new Map();
  /** @type {Set<string>} identities of the inputs that were named; no output takes their place */
  #protected = new Set();
  /** @type {Map<string, Promise<string>>} real paths of folders */
  #folders = new Map();

  /** @param {EmbedArguments['file']} options */
  constructor(options) {
    this.#options = options;
  }

  /** @param {Input[]} files that no output may replace, since they are inputs, now or later */
  protect(files) {
    // In a folder only sounds are taken, and no output has a name like that.
    for (const { identity } of files) if (identity) this.#protected.add(identity);
  }

  /**
   * @param {Input} file
   * @returns {Promise<{ output: string, outputDir: string | undefined, isThere: boolean } | undefined>} undefined if it was found
   *   already; `isThere`: whether there is such a file
   * @throws {EdgeL3Error} output_unwritable if the output is that of another input, or an input
   */
  async find(file) {
    const { path, below } = file;
    const { outputDir, suffix = '', format = 'npz', keepExtension } = this.#options;
    // What is searched recursively keeps its folders.
    const folder = outputDir && below ? outputDir + sep + below : outputDir;
    const output = getOutputPath(path, `${suffix}.${format}`, folder, { keepExtension });
    if (folder && below) await makeFolder(folder);
    this.protect([file]);
    const place = join(await this.#realFolder(dirname(output)), basename(output));
    const other = this.#inputs.get(place);
    if (other === undefined) this.#inputs.set(place, path);
    else if ((await identify(path)) === (await identify(other)) && (await identify(path))) return undefined;
    else throw sharedOutput(path, other, output);
    const identity = await identify(output);
    if (identity && this.#protected.has(identity)) {
      throw new EdgeL3Error(
        'output_unwritable',
        `${path} would have the output ${output}, which is an input; --suffix gives it another name.`,
      );
    }
    return { output, outputDir: folder, isThere: identity !== undefined };
  }

  /** @param {string} folder */
  #realFolder(folder) {
    const found = this.#folders.get(folder) ?? realpath(folder).catch(() => resolve(folder));
    this.#folders.set(folder, found);
    return found;
  }
}

/**
 * @param {string} path
 * @param {string} other
 * @param {string} output
 */
function sharedOutput(path, other, output) {
  const remedy =
    extname(path) === extname(other)
      ? 'give each an --output-dir of its own, or search the folder above both with --recursive'
      : '--keep-extension gives each its own';
  return new EdgeL3Error(
    'output_unwritable',
    `${path} would have the same output as ${other}, ${output}; ${remedy}.`,
  );
}

/** @param {string} path */
async function makeFolder(path) {
  await mkdir(path, { recursive: true }).catch((cause) => {
    const [reason] = cause.message.split(', ');
    throw new EdgeL3Error('output_unwritable', `${path} could not be created: ${reason}.`, cause);
  });
}
