/** @typedef {() => number} Random a number in [0, 1) */

/** Numbers at which programs go wrong: ends of ranges, and what is just beside them. */
const INTERESTING = [
  0,
  1,
  -1,
  2,
  127,
  128,
  255,
  256,
  32767,
  32768,
  65535,
  65536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
];

/** Mutations of one input: 1, 2, 4 or 8. */
const MAX_DOUBLINGS = 4;

/** How far from a landmark, in bytes, the structures lie that it announces. */
const NEAR = 64;

/** The longest part that is removed, repeated or taken from elsewhere. */
const MAX_PART = 256;

/** Makes inputs from good ones by a few changes each. */
export class Mutator {
  #seeds;
  #landmarks;
  /** Where the landmarks stand in each seed. */
  #places;

  /**
   * @param {Uint8Array[]} seeds
   * @param {string[]} landmarks texts in whose neighbourhood every other change is made: there stand the numbers that
   *   say how to read the rest
   */
  constructor(seeds, landmarks) {
    this.#seeds = seeds;
    this.#landmarks = landmarks;
    this.#places = seeds.map((seed) =>
      landmarks.flatMap((landmark) => placesOf(Buffer.from(seed), landmark)),
    );
  }

  /**
   * @param {Random} random
   * @returns {Uint8Array} the same for the same numbers
   */
  mutate(random) {
    const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
    const [seeds, landmarks] = [this.#seeds, this.#landmarks];
    const seed = below(seeds.length);
    let bytes = Buffer.from(seeds[seed]);
    const marks = this.#places[seed];
    const place = () => {
      const isNear = marks.length > 0 && random() < 0.5;
      const at = isNear ? marks[below(marks.length)] + below(2 * NEAR) - NEAR / 2 : below(bytes.length);
      return Math.max(0, Math.min(bytes.length - 1, at));
    };
    const part = (/** @type {Uint8Array} */ source) => {
      const start = below(source.length);
      return source.subarray(start, start + 1 + below(MAX_PART));
    };
    /** @param {number} start @param {number} removed @param {Uint8Array} [inserted] */
    const splice = (start, removed, inserted = new Uint8Array(0)) => {
      bytes = Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(start + removed)]);
    };
    const changes = [
      () => (bytes[place()] ^= 1 << below(8)),
      () => (bytes[place()] = below(256)),
      () => overwrite(bytes, place(), interestingNumber(random)),
      () => overwrite(bytes, place(), part(bytes)),
      () => overwrite(bytes, place(), part(seeds[below(seeds.length)])),
      () => bytes.fill(random() < 0.5 ? 0 : 255, place(), place()),
      () => splice(place(), 1 + below(MAX_PART)),
      () => splice(place(), 0, part(bytes)),
      () => splice(place(), 0, Buffer.from(landmarks[below(landmarks.length)] ?? '', 'latin1')),
      // Cut off; rarer than the others, since little is left to be read.
      () => random() < 0.2 && splice(place(), bytes.length),
    ];
    for (let left = 2 ** below(MAX_DOUBLINGS); left > 0 && bytes.length > 0; left--) {
      changes[below(changes.length)]();
    }
    return bytes;
  }
}

/** @param {Buffer} bytes @param {string} text @returns {number[]} */
function placesOf(bytes, text) {
  const places = [];
  for (let at = bytes.indexOf(text, 0, 'latin1'); at >= 0; at = bytes.indexOf(text, at + 1, 'latin1'))
    places.push(at);
  return places;
}

/** Puts bytes in place of others; what would stand behind the end is left out. @param {Uint8Array} bytes @param {number} at @param {Uint8Array} replacement */
function overwrite(bytes, at, replacement) {
  bytes.set(replacement.slice(0, bytes.length - at), at);
}

/** @param {Random} random @returns {Uint8Array} one of the interesting numbers, of 1 to 8 bytes, in either order */
function interestingNumber(random) {
  const value = INTERESTING[Math.floor(random() * INTERESTING.length)];
  const number = Buffer.alloc(8);
  number.writeBigInt64LE(BigInt(value));
  const bytes = number.subarray(0, 2 ** Math.floor(random() * 4));
  return random() < 0.5 ? bytes : bytes.reverse();
}
