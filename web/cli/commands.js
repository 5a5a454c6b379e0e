import { classify } from './classify.js';
import { distance } from './distance.js';
import { duplicates } from './duplicates.js';
import { info } from './info.js';
import { listen } from './listen.js';
import { map } from './map.js';
import { models } from './models.js';
import { search } from './search.js';
import { teach } from './teach.js';

/**
 * @typedef {object} Command
 * @property {string} help what `edgel3 NAME --help` prints
 * @property {import('./arguments.js').Options} options without --help, which every command has
 * @property {(args: import('./arguments.js').Arguments, signal: AbortSignal) => Promise<number>} run gives the exit
 *   code; the signal fires when the person interrupts it
 */

/**
 * What may follow `edgel3`, by its name. Anything else is embedded; so is a file of such a name, as `./NAME`.
 *
 * @type {Record<string, Command>}
 */
export const COMMANDS = { models, info, teach, classify, listen, search, duplicates, distance, map };
