import { toNumber } from './options.js';
import { UsageError } from './usage_error.js';
import { ENCODINGS, wavHeader } from './wav_header.js';

/** @import { Options, Values } from './arguments.js' */

/** Of sound from a pipe that has no header, such as that of arecord. @satisfies {Options} */
export const PCM_OPTIONS = {
  rate: { value: 'HZ', isNumber: true },
  channels: { value: 'N', isNumber: true },
  encoding: { value: 'NAME' },
};

/** What the help says of them. */
export const PCM_HELP = `      --rate HZ                standard input is bare samples at this rate, not a sound file
      --channels N             of bare samples, which stand interleaved (default: 1)
      --encoding NAME          of bare samples: ${Object.keys(ENCODINGS).join(', ')} (default: s16le)
`;

/** What the headers of WAV files have room for. */
const MAX_RATE = 2 ** 32 - 1;
const MAX_CHANNELS = 32;

/**
 * @param {Values} values
 * @returns {(() => AsyncIterable<Uint8Array>) | undefined} opens standard input as a sound file: bare samples get the header of a
 *   WAV file that does not know its length; undefined: nothing was said of bare samples
 * @throws {UsageError}
 */
export function bareStandardInput(values) {
  const sampleRate = toNumber('rate', values);
  if (sampleRate === undefined) {
    const other = Object.keys(PCM_OPTIONS).find((name) => values[name] !== undefined);
    if (other) throw new UsageError(`--${other} is of bare samples, which need --rate HZ as well`);
    return undefined;
  }
  const { encoding = 's16le' } = values;
  if (!Object.hasOwn(ENCODINGS, String(encoding))) {
    throw new UsageError(`--encoding must be one of ${Object.keys(ENCODINGS).join(', ')}, not '${encoding}'`);
  }
  const channels = toNumber('channels', values) ?? 1;
  checkWhole('rate', sampleRate, MAX_RATE);
  checkWhole('channels', channels, MAX_CHANNELS);
  const header = wavHeader({ sampleRate, channels, encoding: String(encoding) });
  return async function* () {
    yield header;
    yield* process.stdin;
  };
}

/** @param {string} name @param {number} value @param {number} most @throws {UsageError} */
function checkWhole(name, value, most) {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new UsageError(`--${name} must be a whole number from 1 to ${most}, not ${value}`);
}
