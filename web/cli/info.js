import { readProvenance } from '../node.js';
import { EXIT_FAILED } from './exit_codes.js';
import { print } from './standard_output.js';
import { UsageError } from './usage_error.js';

const HELP = `edgel3 info: how a file of embeddings was made

Usage: edgel3 info FILE       an .npz or .json of one sound, or a table (.parquet, .npz)

Prints what the file says: version, model and checksum of its bytes, build, hop, centring, pooling, and of one sound its name,
size, time, sampling rate and length. An npy, csv or jsonl file has no place for it. 'edgel3 models info FILE' says what is
in a model file.

  -h, --help                   print this
`;

/** @type {import('./commands.js').Command} */
export const info = {
  help: HELP,
  options: {},
  async run({ operands: [file, ...more] }) {
    if (file === undefined || more.length > 0) throw new UsageError('it is: edgel3 info FILE');
    const provenance = await readProvenance(file);
    if (!provenance) {
      console.error(
        `edgel3: ${file} does not say how it was made: npy, csv and jsonl have no place for it, and other programs do not ` +
          "write it ('edgel3 models info FILE' is for models)",
      );
      return EXIT_FAILED;
    }
    for (const [name, fact] of factsOf(provenance)) print(`${name.padEnd(10)}  ${fact}\n`);
    return 0;
  },
};

/** @param {import('../node.js').Provenance} provenance @returns {[string, string | number][]} */
function factsOf({
  edgel3,
  model,
  sha256,
  build,
  hopSize,
  center,
  from,
  to,
  pooling,
  normalize,
  sampleRate,
  samples,
  input,
}) {
  /** @type {[string, string | number | undefined][]} */
  const facts = [
    ['edgel3', edgel3],
    ['model', model],
    ['sha256', sha256],
    ['build', build],
    ['hop size', `${hopSize} s`],
    ['centring', center ? 'yes' : 'no'],
    ['from', from === undefined ? undefined : `${from} s`],
    ['to', to === undefined ? undefined : `${to} s`],
    ['pooling', pooling ?? 'none'],
    ['length 1', normalize === undefined ? undefined : normalize ? 'yes' : 'no'],
    ['input', input && `${input.name}, ${input.bytes} bytes, of ${input.modified}`],
    ['sound', sampleRate && `${samples} samples at ${sampleRate} Hz`],
  ];
  return facts.flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact]]));
}
