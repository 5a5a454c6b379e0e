"""What a microphone far from everything hears: steady, diffuse noise of any colour, with little happening in it.

Not imitations of named sources: spectra, modulations, levels and defects are drawn at random over wide ranges. All
windows of a call are made at once, so a function here takes and returns arrays of (windows, RATE) samples.
"""

import numpy as np

from sounds.signal import RATE, decibels

FREQUENCIES = np.fft.rfftfreq(RATE, 1 / RATE)


def log_uniform(rng, low, high, *shape):
    return np.exp(rng.uniform(np.log(low), np.log(high), shape))


def curves(rng, count, points, knots, deviations):
    """(count, points): random curves through ``knots`` values, normal with a deviation for each curve."""
    values = rng.standard_normal((count, knots)) * deviations[:, None]
    at = np.linspace(0, knots - 1, points)
    left = np.minimum(at.astype(int), knots - 2)
    part = at - left
    return values[:, left] * (1 - part) + values[:, left + 1] * part


def spectra(rng, count):
    """(count, bins) amplitudes: a slope of -15 to 5 dB an octave above a corner, bumps of any width, band limits."""
    octaves = np.log2(np.maximum(FREQUENCIES, 4) / 4)
    slope = rng.triangular(-15, -4, 5, (count, 1))
    corner = log_uniform(rng, 10, 800, count, 1)
    gain = slope * 0.5 * np.log2(1 + (FREQUENCIES / corner) ** 2)
    for knots in (5, 12, 40):
        bumps = curves(rng, count, 1000, knots, log_uniform(rng, 0.3, 8, count))
        gain += bumps[:, (octaves / octaves[-1] * 999).astype(int)]
    low, high = log_uniform(rng, 2, 300, count, 1), log_uniform(rng, 1500, 20000, count, 1)
    steep = rng.integers(1, 5, (count, 1))
    ends = (FREQUENCIES / low) ** steep / (1 + (FREQUENCIES / low) ** steep)
    return decibels(gain) * ends / (1 + np.minimum(FREQUENCIES / high, 9) ** (12 * steep))


def to_unit(x):
    """Root mean square 1 for each window."""
    return x / np.sqrt(np.mean(x * x, axis=1, keepdims=True)).clip(1e-12)


def noise(rng, count):
    """Coloured noise, some of it made of single drops and grains, its level changing slowly, fast or not at all."""
    grains = np.where(rng.random((count, RATE)) < log_uniform(rng, 0.001, 1, count, 1), 1, 0)
    x = rng.standard_normal((count, RATE))
    grainy = rng.random((count, 1)) < 0.15
    x = np.where(grainy, x * grains, x)
    x = to_unit(np.fft.irfft(np.fft.rfft(x) * spectra(rng, count), RATE))
    for knots, share, most in ((4, 0.4, 4), (12, 0.25, 3), (60, 0.15, 3)):
        deviations = rng.uniform(0, most, count) ** 2 / most * (rng.random(count) < share)
        x *= decibels(curves(rng, count, RATE, knots, deviations))
    return x


def hum(rng, count):
    """Harmonics of the mains or a machine, their levels as random as the noises' spectra; steady."""
    base = np.where(rng.random(count) < 0.4, rng.choice([50.0, 60, 100, 120], count), log_uniform(rng, 15, 1500, count))
    base *= rng.uniform(0.997, 1.003, count)
    level = np.exp(rng.standard_normal((count, 30)) * rng.uniform(0.3, 2.5, (count, 1)))
    level *= np.arange(1, 31) ** -rng.uniform(0, 2, (count, 1))
    x = np.zeros((count, RATE))
    turn = np.exp(2j * np.pi * base[:, None] * np.arange(RATE) / RATE)
    wheel = turn.copy()
    for k in range(30):
        audible = base * (k + 1) < RATE / 2
        phase = np.exp(2j * np.pi * rng.random(count))
        x += (wheel * (audible * level[:, k] * phase)[:, None]).imag
        wheel *= turn
    return to_unit(x)


def rumble(rng, count):
    """Wind, distant traffic, a drifting offset: power that falls steeply from the lowest frequencies on."""
    corner, order = log_uniform(rng, 3, 150, count, 1), rng.uniform(1, 4, (count, 1))
    gain = 1 / (1 + (FREQUENCIES / corner) ** order)
    return to_unit(np.fft.irfft(np.fft.rfft(rng.standard_normal((count, RATE))) * gain, RATE))


def add(rng, x, share, make, low, high):
    """Adds to a ``share`` of the windows what ``make`` makes, ``low`` to ``high`` dB louder than they are."""
    chosen = rng.random(len(x)) < share
    levels = decibels(rng.uniform(low, high, (chosen.sum(), 1)))
    x[chosen] = to_unit(x[chosen]) + levels * make(rng, chosen.sum())


def textures(rng, count):
    """(count, RATE): noises, hums, and what a device adds: self-noise, offset, limits, steps, digital silence."""
    x = noise(rng, count)
    add(rng, x, 0.5, noise, -25, 5)
    add(rng, x, 0.35, hum, -35, 3)
    add(rng, x, 0.5, rumble, -10, 25)
    add(rng, x, 0.6, lambda rng, n: rng.standard_normal((n, RATE)), -80, -15)
    add(rng, x, 0.2, lambda _, n: np.ones((n, RATE)), -40, 10)
    x = to_unit(x)
    limit = np.where(rng.random((count, 1)) < 0.08, rng.uniform(0.7, 3, (count, 1)), np.inf)
    x = np.clip(x, -limit, limit)
    step = decibels(rng.uniform(-90, -10, (count, 1)))
    x = np.where(rng.random((count, 1)) < 0.3, np.round(x / step) * step, x)
    return x * gates(rng, count)


def gates(rng, count):
    """(count, RATE): 0 before the start and after the end of a recording, 1 within; most windows lie within."""
    at = np.arange(RATE)
    start = np.where(rng.random(count) < 0.5, RATE // 2, rng.integers(0, RATE, count))
    start = np.where(rng.random(count) < 0.1, start, 0)
    stop = np.where(rng.random(count) < 0.1, rng.integers(1, RATE + 1, count), RATE)
    inside = (at >= start[:, None]) & (at < np.maximum(stop, start + 80)[:, None])
    return inside.astype(float)
