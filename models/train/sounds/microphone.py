"""What a recording device and a file format do to a sound."""

import numpy as np
import scipy.ndimage
import scipy.signal

from sounds.signal import RATE, band_gain, decibels, filter_by, log_uniform, to_unit


def band_limit(rng, x):
    """A microphone hears neither the lowest nor the highest frequencies, nor the others all alike."""
    low, high = log_uniform(rng, 5, 350), rng.choice([6000, rng.uniform(3300, 4000), rng.uniform(1800, 4000)])
    steep = rng.integers(1, 5)

    def gain(f):
        ends = (f / low) ** steep / (1 + (f / low) ** steep) / (1 + (f / high) ** (20 * steep))
        return ends * decibels(band_gain(rng, f, 4))

    return filter_by(x, gain)


def control_gain(rng, x):
    """A telephone's automatic gain: loud parts are turned down with some delay."""
    smooth = np.exp(-1 / (RATE * log_uniform(rng, 0.02, 1)))
    level = np.sqrt(scipy.signal.lfilter([1 - smooth], [1, -smooth], x * x)) + 1e-3
    return x / level ** rng.uniform(0.2, 0.9)


def clip(rng, x):
    """Hard or soft limits, at one to some times the root mean square."""
    limit = rng.uniform(0.7, 4)
    return np.clip(x, -limit, limit) if rng.random() < 0.5 else np.tanh(x / limit) * limit


def code(rng, x):
    """A lossy codec: of each short-time spectrum only what stands out is kept, in coarse steps."""
    _, _, bins = scipy.signal.stft(x, RATE, nperseg=512)
    magnitude = np.abs(bins)
    around = scipy.ndimage.gaussian_filter1d(magnitude, rng.uniform(2, 12), axis=0)
    masking = around * decibels(rng.uniform(-14, 3))
    step = np.maximum(masking * rng.uniform(0.3, 1.5), 1e-9)
    coarse = np.round(bins.real / step) * step + 1j * np.round(bins.imag / step) * step
    kept = np.where(magnitude > masking, coarse, 0)
    return scipy.signal.istft(kept, RATE, nperseg=512)[1][:x.size]


def quantise(rng, x):
    """8 to 16 bits, linear or by the telephone's mu-law."""
    peak = np.abs(x).max() * log_uniform(rng, 1, 30) + 1e-9
    if rng.random() < 0.3:
        compressed = np.sign(x) * np.log1p(255 * np.abs(x) / peak) / np.log(256)
        x = np.round(compressed * 127) / 127
        return np.sign(x) * np.expm1(np.abs(x) * np.log(256)) / 255
    steps = 2 ** rng.uniform(7, 15)
    return np.round(x / peak * steps) / steps


def add_hiss(rng, x):
    """The device's own noise, 15 to 75 dB below."""
    hiss = filter_by(rng.standard_normal(x.size), lambda f: (f / 1000 + 0.02) ** rng.uniform(-1, 0.5))
    return x + to_unit(hiss) * decibels(-rng.uniform(15, 75))


def record(rng, x):
    """One recording of ``x``: any of the above, in the order in which devices do them."""
    x = band_limit(rng, to_unit(x)) if rng.random() < 0.75 else x
    for step, chance in ((add_hiss, 0.7), (control_gain, 0.15), (clip, 0.12), (code, 0.25), (quantise, 0.5)):
        if rng.random() < chance:
            x = step(rng, to_unit(x))
    return x
