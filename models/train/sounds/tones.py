"""Sounds with pitch that no one plays: tones, sweeps, horns, sirens, alarms, bells, birds, dogs."""

import numpy as np

from sounds.signal import RATE, log_uniform, partials_of, phase_of, place, slow_curve


def tone(rng, n):
    """Harmonics of any fundamental, gliding a little."""
    fundamental = log_uniform(rng, 40, 3000) * slow_curve(rng, n, 2, rng.uniform(0, 1.5))
    return partials_of(fundamental, rng.random(40) * np.arange(1, 41) ** -rng.uniform(0, 2), rng)


def sweep(rng, n):
    """A sine from anywhere to anywhere."""
    ends = [log_uniform(rng, 30, 3900) for _ in range(2)]
    return np.sin(phase_of(np.geomspace(*ends, n)))


def horn(rng, n):
    """Car horns: two steady stacks of harmonics, honking."""
    fundamental = rng.uniform(250, 520)
    x = sum(partials_of(np.full(n, fundamental * ratio), np.arange(1, 16) ** -rng.uniform(0, 1.2), rng)
            for ratio in (1, rng.uniform(1.15, 1.35)))
    gate = np.zeros(n)
    start = rng.integers(0, n // 2)
    for _ in range(rng.integers(1, 4)):
        stop = start + int(RATE * rng.uniform(0.1, 1.5))
        gate[start:stop] = 1
        start = stop + int(RATE * rng.uniform(0.05, 0.5))
    ramp = np.hanning(201)
    return x * np.convolve(gate, ramp / ramp.sum(), "same")


def siren(rng, n):
    """Wailing, yelping or two-tone."""
    swing = np.sin(phase_of(np.full(n, log_uniform(rng, 0.15, 6))) + rng.uniform(0, 6))
    if rng.random() < 0.4:
        swing = np.sign(swing)
    frequency = rng.uniform(500, 1100) * 2 ** (rng.uniform(0.2, 0.8) * swing)
    return partials_of(frequency, np.arange(1, 8) ** -rng.uniform(0.5, 2.5), rng)


def alarm(rng, n):
    """Beeps: reversing lorries, crossings, telephones."""
    beep = partials_of(np.full(n, rng.uniform(400, 3500)), np.arange(1, 4) ** -rng.uniform(0.5, 3), rng)
    return beep * (np.sin(phase_of(np.full(n, rng.uniform(0.7, 12)))) > rng.uniform(-0.7, 0.7))


def bell(rng, n):
    """Struck metal: inharmonic partials that ring."""
    x = np.zeros(n)
    base, ring = log_uniform(rng, 150, 2500), log_uniform(rng, 0.05, 1.5)
    t = np.arange(n) / RATE
    for _ in range(rng.integers(1, 7)):
        strike = sum(rng.random() * np.sin(2 * np.pi * base * r * t) * np.exp(-t * r / ring)
                     for r in rng.uniform(1, 5, 6) if base * r < RATE / 2)
        place(x, strike * rng.uniform(0.2, 1) * np.ones(n), rng.integers(0, n))
    return x


def birds(rng, n):
    """Quick high sweeps, in phrases."""
    x = np.zeros(n)
    for _ in range(rng.integers(2, 20)):
        length = int(RATE * log_uniform(rng, 0.03, 0.3))
        centre, swing = rng.uniform(1200, 3800), rng.uniform(-0.6, 0.6)
        curve = centre * 2 ** (swing * np.sin(np.linspace(0, rng.uniform(1, 20), length)))
        place(x, np.sin(phase_of(np.minimum(curve, 3950))) * np.hanning(length) * rng.random(), rng.integers(0, n))
    return x


def dog(rng, n):
    """Barks: short falling harmonics with breath, again and again."""
    x = np.zeros(n)
    length = int(RATE * rng.uniform(0.08, 0.35))
    glide = rng.uniform(200, 1000) * (1 + rng.uniform(0.1, 0.8) * np.sin(np.pi * np.linspace(0.1, 1, length)))
    bark = partials_of(glide, np.arange(1, 20) ** -rng.uniform(0.3, 1.5), rng)
    bark += rng.uniform(0, 2) * rng.standard_normal(length)
    bark *= np.exp(-np.linspace(0, 4, length)) * np.minimum(1, np.linspace(0, 12, length))
    start = rng.integers(0, RATE)
    while start < n:
        place(x, bark * rng.uniform(0.4, 1), start)
        start += int(length + RATE * rng.uniform(0.05, 1))
    return x


TONES = (tone, sweep, horn, siren, alarm, bell, birds, dog)
