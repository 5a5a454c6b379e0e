import { frechetDistance } from '../node.js';
import { ANALYSIS_HELP, ANALYSIS_OPTIONS, listFiles, reportNoFiles, withModel } from './analysis_options.js';
import { embedCollection } from './collection.js';
import { EXIT_FAILED } from './exit_codes.js';
import { print } from './standard_output.js';
import { UsageError } from './usage_error.js';

const HELP = `edgel3 distance: how far two collections of sounds are apart

Usage: edgel3 distance [options] A B

A and B are folders, or files. Prints the Fréchet distance of the embeddings of their windows: 0 for the same collection, and
comparable only between runs with the same network and hop. A few minutes of sound on each side are needed: small collections
lie farther apart than the sounds they stand for.

      --format FORMAT          text or jsonl (default: text)
${ANALYSIS_HELP}`;

/** @type {import('./commands.js').Command} */
export const distance = {
  help: HELP,
  options: { format: { value: 'FORMAT' }, ...ANALYSIS_OPTIONS },
  async run({ values, operands }, signal) {
    if (operands.length !== 2) throw new UsageError('it is: edgel3 distance A B');
    const { format = 'text' } = values;
    if (format !== 'text' && format !== 'jsonl') {
      throw new UsageError(`--format must be text or jsonl, not '${format}'`);
    }
    return withModel(values, 0.5, signal, async (options) => {
      const collections = [];
      let failures = 0;
      for (const input of operands) {
        const { paths, unreadable } = await listFiles([input], values);
        const { files, failed } = await embedCollection(paths, options);
        failures += failed + unreadable;
        if (files.length === 0) return failed > 0 ? EXIT_FAILED : reportNoFiles([input]);
        collections.push(files.flatMap(({ rows }) => rows));
      }
      const [a, b] = collections;
      const result = await frechetDistance(a, b);
      const facts = { distance: result, windows: [a.length, b.length] };
      print(`${format === 'jsonl' ? JSON.stringify(facts) : result.toPrecision(6)}\n`);
      return failures === 0 ? 0 : EXIT_FAILED;
    });
  },
};
