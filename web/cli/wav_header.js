/** Bytes. */
const WAV_HEADER_LENGTH = 44;

/** What a header says of a sound whose length nobody knows yet. */
const UNKNOWN = 0xffffffff;

/**
 * The header of a WAV file of 16 bits and one channel.
 *
 * @param {number} sampleRate Hz
 * @param {number} [samples] undefined: nobody knows yet how many
 * @returns {Buffer}
 */
export function wavHeader(sampleRate, samples) {
  const header = Buffer.alloc(WAV_HEADER_LENGTH);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(samples === undefined ? UNKNOWN : WAV_HEADER_LENGTH - 8 + 2 * samples, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(2 * sampleRate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples === undefined ? UNKNOWN : 2 * samples, 40);
  return header;
}
