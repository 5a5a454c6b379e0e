/**
 * The power spectrum of a real signal, by the radix-2 fast Fourier transform. For display: what the network gets is
 * computed by the library.
 *
 * @param {Float32Array} samples a power of two of them
 * @returns {Float32Array} of half as many frequencies and the one in the middle
 */
export function powerSpectrum(samples) {
  const { length } = samples;
  const bits = Math.log2(length);
  const real = new Float32Array(length);
  const imaginary = new Float32Array(length);
  for (let index = 0; index < length; index++) {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((index >> bit) & 1) << (bits - 1 - bit);
    real[reversed] = samples[index];
  }
  for (let half = 1; half < length; half *= 2) {
    for (let step = 0; step < half; step++) {
      const cosine = Math.cos((Math.PI * step) / half);
      const sine = -Math.sin((Math.PI * step) / half);
      for (let upper = step; upper < length; upper += 2 * half) {
        const lower = upper + half;
        const re = real[lower] * cosine - imaginary[lower] * sine;
        const im = real[lower] * sine + imaginary[lower] * cosine;
        real[lower] = real[upper] - re;
        imaginary[lower] = imaginary[upper] - im;
        real[upper] += re;
        imaginary[upper] += im;
      }
    }
  }
  return real.subarray(0, length / 2 + 1).map((re, index) => re * re + imaginary[index] ** 2);
}
