"""The goldens' own sounds.  Each returns (samples, sample rate); float32 samples become float files."""

import numpy as np


def seconds(rate, duration):
    return np.arange(int(rate * duration)) / rate


def noise(rng, n, rate, colour):
    """Gaussian noise falling by ``colour`` x 6 dB per octave above 300 Hz, peak 1."""
    frequency = np.fft.rfftfreq(n, 1 / rate)
    x = np.fft.irfft(np.fft.rfft(rng.normal(size=n)) / (1 + frequency / 300) ** colour, n)
    return x / np.abs(x).max()


def harmonics(t, fundamental, partials):
    return sum(np.sin(2 * np.pi * fundamental * k * t + k) / k for k in range(1, partials + 1))


def stereo44k(rng):
    """Two differently panned amplitude-modulated tones on a noise floor."""
    rate = 44100
    t = seconds(rate, 1.05)
    left = 0.2 * np.sin(2 * np.pi * 523.7 * t) * (1 + np.sin(2 * np.pi * 5 * t))
    right = 0.1 * harmonics(t, 311.3, 12) * (1 + np.cos(2 * np.pi * 3 * t))
    floor = 0.02 * np.stack([noise(rng, t.size, rate, 0.5) for _ in range(2)], axis=1)
    return np.stack([0.8 * left + 0.2 * right, 0.1 * left + 0.9 * right], axis=1) + floor, rate


def glide22k(rng):
    """A quiet gliding tone in quieter noise, as 32-bit floats."""
    rate = 22050
    t = seconds(rate, 1.2)
    glide = 0.004 * np.sin(2 * np.pi * (180 * t + 700 * t * t))
    return (glide + 0.0008 * noise(rng, t.size, rate, 1)).astype(np.float32), rate


def bursts37k(rng):
    """Noise bursts with digital silence between them, at a rate nobody expects."""
    rate = 37800
    t = seconds(rate, 1.25)
    return 0.7 * noise(rng, t.size, rate, 1) * (np.sin(2 * np.pi * 2.3 * t) > 0.2), rate


def rain48k(rng):
    """Drops, which are decaying sines, in broadband noise."""
    rate = 48000
    x = 0.05 * noise(rng, int(rate * 1.1), rate, 0.3)
    t = seconds(rate, 0.03)
    for _ in range(60):
        drop = np.exp(-t / 0.004) * np.sin(2 * np.pi * rng.uniform(1500, 9000) * t)
        start = rng.integers(0, x.size - t.size)
        x[start:start + t.size] += rng.uniform(0.05, 0.3) * drop
    return x, rate


def voice8k(rng):
    """A voice-like harmonic sound on a noise floor, at SEA's own rate."""
    rate = 8000
    t = seconds(rate, 1.25)
    vibrato = t + 0.0008 * np.sin(2 * np.pi * 5 * t)
    return 0.1 * harmonics(vibrato, 140, 25) * np.sin(np.pi * t / 1.25) + 0.01 * noise(rng, t.size, rate, 0.5), rate


def short16k(rng):
    """A fifth of a second of noise."""
    return 0.5 * noise(rng, 3301, 16000, 1), 16000


def silence11k(_rng):
    """Half a second of zeros."""
    return np.zeros(5512), 11025


SIGNALS = (stereo44k, glide22k, bursts37k, rain48k, voice8k, short16k, silence11k)
