"""Decibel spectrograms as kapre computes them inside the networks: 0.1.4 in EdgeL3, L3 and OpenL3 up to 0.3.1, 0.3.5
and later in OpenL3 0.4."""

import numpy as np
import scipy.fft


def periodic_hann(n):
    return 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(n) / n)


def taper(spectrogram):
    """(fft_size,) float32.  "hann_float32" is tf.signal.hann_window: every step in single precision, and the cosine of
    the rounded angle rounded correctly.  That rounding, 6e-8, lies above the -80 dB floor: it belongs to the truth."""
    n = spectrogram.fft_size
    if spectrogram.window == "hann":
        return periodic_hann(n).astype(np.float32)
    angle = np.float32(2 * np.pi) * np.arange(n).astype(np.float32) / np.float32(n)
    cosine = np.cos(angle.astype(np.float64)).astype(np.float32)
    return np.float32(0.5) - np.float32(0.5) * cosine


def dft_kernels(fft_size):
    """(real, imaginary) float32 kernels of shape (fft_size, fft_size/2+1): sample x bin.

    The window is rounded to float32 before the product with the double precision cos/-sin, and the
    product is rounded to float32: this gives the stored kernels bit for bit.  The angle is formed
    as bin frequency * sample in double precision without any range reduction.
    """
    frequency = np.arange(fft_size // 2 + 1) * 2 * np.pi / float(fft_size)
    angle = np.arange(fft_size)[:, None] * frequency[None, :]
    window = periodic_hann(fft_size).astype(np.float32).astype(np.float64)[:, None]
    return (np.cos(angle) * window).astype(np.float32), (-np.sin(angle) * window).astype(np.float32)


def htk_edges(sample_rate, count):
    lowest, highest = (2595.0 * np.log10(1.0 + f / 700.0) for f in (0.0, sample_rate / 2.0))
    return 700.0 * (10.0 ** (np.linspace(lowest, highest, count) / 2595.0) - 1.0)


def slaney_edges(sample_rate, count):
    """Linear to 1000 Hz, which is mel 15, then a factor of 6.4 in 27 mel."""
    highest = 15.0 + 27.0 * np.log(sample_rate / 2.0 / 1000.0) / np.log(6.4)
    mel = np.linspace(0.0, highest, count)
    return np.where(mel < 15.0, mel * 200.0 / 3.0, 1000.0 * np.exp((mel - 15.0) * np.log(6.4) / 27.0))


def mel_filterbank(spectrogram):
    """(bins, bands) float32: triangles from 0 Hz to Nyquist of area 1.

    "htk" is librosa's matrix before 0.7, in double and rounded once; "slaney" that from 0.7 on, which holds the triangles
    in single precision and rounds their products with the heights again.
    """
    s = spectrogram
    edges = (htk_edges if s.scale == "htk" else slaney_edges)(s.sample_rate, s.bands + 2)
    bins = np.linspace(0.0, s.sample_rate / 2.0, s.bins)[:, None]
    left, middle, right = edges[None, :-2], edges[None, 1:-1], edges[None, 2:]
    triangles = np.clip(np.minimum((bins - left) / (middle - left), (right - bins) / (right - middle)), 0.0, None)
    if s.scale == "slaney":
        triangles = triangles.astype(np.float32)
    return (triangles * (2.0 / (right - left))).astype(np.float32)


def mel_variables(architecture):
    """The arrays Keras stores for the front end of kapre 0.1.4: real and imaginary kernels and, with mel bands, the
    filterbank."""
    s = architecture.spectrogram
    return (*dft_kernels(s.fft_size), *(() if s.scale == "linear" else (mel_filterbank(s),)))


def spectra(segments, spectrogram, variables, dtype, method):
    """Real and imaginary parts of the spectra of (n, fft_size) samples."""
    if spectrogram.window == "hann" and method == "dft":
        return (segments @ kernel.astype(dtype) for kernel in variables[:2])
    spectrum = scipy.fft.rfft(segments * taper(spectrogram).astype(dtype), axis=1)
    return spectrum.real, spectrum.imag


def mel_spectrogram(windows, architecture, variables, dtype, method="dft"):
    """(n, sample_rate) float32 windows -> (n, bands, frames) decibels, evaluated in ``dtype``.

    method "dft": as the Keras model does, which is a product with the stored kernels with kapre 0.1.4 and an FFT later;
    method "fft": windowed FFT with exact twiddles, where that is an alternative.
    """
    s = architecture.spectrogram
    dtype = np.dtype(dtype)
    filterbank = None if s.scale == "linear" else (
        variables[2] if s.window == "hann" else mel_filterbank(s)).astype(dtype)
    x = np.pad(windows.astype(dtype), ((0, 0), (s.padding_left, s.padding_right)))
    index = np.arange(s.frames)[:, None] * s.hop + np.arange(s.fft_size)[None, :]
    out = np.empty((x.shape[0], s.bands, s.frames), dtype)
    for i in range(x.shape[0]):
        real, imaginary = spectra(x[i][index], s, variables, dtype, method)
        power = real * real + imaginary * imaginary
        if s.scale == "linear":
            amplitude = np.sqrt(power)
        elif s.summed == "magnitude":
            amplitude = np.sqrt(power) @ filterbank
        else:
            amplitude = np.sqrt(np.maximum(power @ filterbank, dtype.type(0)))
        # 10 * log10 although it is an amplitude: kapre does it so
        decibels = (dtype.type(10) * np.log(np.maximum(amplitude, dtype.type(s.decibel_floor)))
                    / dtype.type(np.log(10.0)))
        decibels = decibels - decibels.max()
        out[i] = np.maximum(decibels, dtype.type(-s.decibel_range)).T
    return out
