"""Decibel mel spectrogram as kapre 0.1.4 computes it inside the network."""

import numpy as np
import scipy.fft

DECIBEL_FLOOR_AMPLITUDE = 1e-10
DECIBEL_RANGE = 80.0


def periodic_hann(n):
    return 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(n) / n)


def dft_kernels(dft_size):
    """(real, imaginary) float32 kernels of shape (dft_size, dft_size/2+1): sample x bin.

    The window is rounded to float32 before the product with the double precision cos/-sin, and the
    product is rounded to float32: this gives the stored kernels bit for bit.  The angle is formed
    as bin frequency * sample in double precision without any range reduction.
    """
    frequency = np.arange(dft_size // 2 + 1) * 2 * np.pi / float(dft_size)
    angle = np.arange(dft_size)[:, None] * frequency[None, :]
    window = periodic_hann(dft_size).astype(np.float32).astype(np.float64)[:, None]
    return (np.cos(angle) * window).astype(np.float32), (-np.sin(angle) * window).astype(np.float32)


def mel_filterbank(sample_rate, dft_size, mel_bands):
    """(bins, mel_bands) float64: triangles from 0 Hz to Nyquist on the HTK mel scale, area-normalised."""
    lowest, highest = (2595.0 * np.log10(1.0 + f / 700.0) for f in (0.0, sample_rate / 2.0))
    edges = 700.0 * (10.0 ** (np.linspace(lowest, highest, mel_bands + 2) / 2595.0) - 1.0)
    bins = np.linspace(0.0, sample_rate / 2.0, dft_size // 2 + 1)[:, None]
    left, middle, right = edges[None, :-2], edges[None, 1:-1], edges[None, 2:]
    rising = (bins - left) / (middle - left)
    falling = (right - bins) / (right - middle)
    triangles = np.clip(np.minimum(rising, falling), 0.0, None)
    return triangles * (2.0 / (right - left))


def mel_variables(architecture):
    """The three arrays Keras stores for the front end: real kernels, imaginary kernels, mel filterbank."""
    filterbank = mel_filterbank(architecture.sample_rate, architecture.dft_size, architecture.mel_bands)
    return (*dft_kernels(architecture.dft_size), filterbank.astype(np.float32))


def mel_spectrogram(windows, architecture, variables, dtype, method="dft"):
    """(n, sample_rate) float32 windows -> (n, mel_bands, mel_frames) decibels, evaluated in ``dtype``.

    method "dft": product with the stored kernels, which is what the Keras model does;
    method "fft": windowed FFT with exact twiddles, an alternative evaluation.
    """
    a = architecture
    dtype = np.dtype(dtype)
    x = np.pad(windows.astype(dtype), ((0, 0), (a.padding_left, a.padding_right)))
    index = np.arange(a.mel_frames)[:, None] * a.dft_hop + np.arange(a.dft_size)[None, :]
    real_kernels, imaginary_kernels, filterbank = (v.astype(dtype) for v in variables)
    out = np.empty((x.shape[0], a.mel_bands, a.mel_frames), dtype)
    for i in range(x.shape[0]):
        segments = x[i][index]
        if method == "dft":
            real, imaginary = segments @ real_kernels, segments @ imaginary_kernels
        else:
            spectrum = scipy.fft.rfft(segments * periodic_hann(a.dft_size).astype(np.float32).astype(dtype), axis=1)
            real, imaginary = spectrum.real, spectrum.imag
        power = real * real + imaginary * imaginary
        mel = np.sqrt(np.maximum(power @ filterbank, dtype.type(0)))
        # 10 * log10 although mel is an amplitude: kapre does it so
        decibels = (dtype.type(10) * np.log(np.maximum(mel, dtype.type(DECIBEL_FLOOR_AMPLITUDE)))
                    / dtype.type(np.log(10.0)))
        decibels = decibels - decibels.max()
        out[i] = np.maximum(decibels, dtype.type(-DECIBEL_RANGE)).T
    return out
