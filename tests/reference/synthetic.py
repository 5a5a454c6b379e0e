"""Random weights for either architecture: they mean nothing, they only exercise the arithmetic."""

import numpy as np
import torch
import torch.nn.functional as F

from front_end import mel_spectrogram
from network import Weights, batch_norm, convolution

SIGNIFICANT_BITS = 2      # of a kernel value: random numbers do not compress, short ones do


def prune_by_magnitude(kernel, percent):
    """Zero every weight with |w| <= the given percentile of |w|, as EdgeL3's l3embedding/pruning.py."""
    if percent == 0:
        return kernel
    magnitude = np.abs(kernel)
    return np.where(magnitude > np.percentile(magnitude, percent), kernel, 0.0)


def random_kernel(rng, inputs, outputs, zero_percent):
    """He-normal, pruned, rescaled to the energy it had before pruning, rounded to a few bits."""
    kernel = prune_by_magnitude(rng.normal(size=(3, 3, inputs, outputs)), zero_percent)
    kernel *= np.sqrt(2.0 / (9 * inputs) / np.mean(kernel * kernel))
    mantissa, exponent = np.frexp(kernel)
    rounded = np.round(np.ldexp(mantissa, SIGNIFICANT_BITS))
    return np.ldexp(rounded, exponent - SIGNIFICANT_BITS).astype(np.float32)


def rolled_kernel(rng, inputs, outputs):
    """He-normal numbers with all their bits, of which only the first row is new: every other one is that row, turned
    round.  A convolution does not notice, but the file packs to a tenth."""
    row = (rng.normal(size=outputs) * np.sqrt(2.0 / (9 * inputs))).astype(np.float32)
    turns = rng.integers(0, outputs, (3, 3, inputs))
    return np.stack([np.roll(row, turn) for turn in turns.ravel()]).reshape(3, 3, inputs, outputs)


def calibration_windows(rng, sample_rate):
    """Two seconds of coloured noise and sweeps."""
    t = np.arange(sample_rate) / sample_rate
    windows = []
    for i in range(2):
        spectrum = np.fft.rfft(rng.normal(size=sample_rate)) / (1.0 + np.arange(sample_rate // 2 + 1) / 500.0)
        noise = np.fft.irfft(spectrum, sample_rate)
        envelope = 0.5 + 0.5 * np.sin(2 * np.pi * (3 + 4 * i) * t + i)
        sweep = np.sin(2 * np.pi * (200 + 0.15 * sample_rate * t * (i + 1)) * t)
        windows.append(0.3 * noise / np.abs(noise).max() * envelope + 0.2 * sweep * (t > 0.3 * i))
    return np.stack(windows).astype(np.float32)


def random_batch_norm(rng, h):
    """(gamma, beta, mean, variance) around the statistics measured on ``h``, so activations stay in range."""
    channels = h.shape[1]
    mean, variance = (s.numpy() for s in (h.mean(dim=(0, 2, 3)), h.var(dim=(0, 2, 3))))
    return tuple(p.astype(np.float32) for p in (
        rng.uniform(0.6, 1.4, channels),
        rng.normal(0.0, 0.25, channels),
        mean + rng.normal(0.0, 0.15, channels) * np.sqrt(variance),
        variance * rng.uniform(0.7, 1.5, channels) + 1e-4))


def synthetic_weights(seed, architecture, zero_percents=None):
    """``zero_percents``: share of zeros in each of the eight kernels; None: kernels without zeros that pack well."""
    rng = np.random.default_rng(seed)
    inputs = (1,) + architecture.channels[:-1]
    conv = [(rolled_kernel(rng, i, o) if zero_percents is None else random_kernel(rng, i, o, percent),
             rng.normal(0.0, 0.05, o).astype(np.float32))
            for i, o, percent in zip(inputs, architecture.channels, zero_percents or (0,) * 8)]
    weights = Weights(architecture, conv, [])

    def add_batch_norm(h):
        weights.batch_norm.append(random_batch_norm(rng, h))
        return batch_norm(h, weights.batch_norm[-1])

    windows = calibration_windows(rng, architecture.sample_rate)
    h = add_batch_norm(torch.from_numpy(mel_spectrogram(windows, architecture, weights.mel, "float64")[:, None]))
    for i in range(8):
        h = convolution(h, conv[i])
        if i < 7 or architecture.last_batch_norm != "absent":
            h = torch.relu(add_batch_norm(h))
        if i + 1 in architecture.pooling_after:
            h = F.max_pool2d(h, 2)
    return weights
