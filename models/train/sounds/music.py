"""Music: notes on a beat, chords, drums."""

import numpy as np

from sounds.signal import RATE, filter_by, log_uniform, partials_of, place, slow_curve


def note(rng, length, frequency, brightness, decay, vibrato):
    curve = frequency * 2 ** (vibrato * np.sin(2 * np.pi * 5.5 * np.arange(length) / RATE) / 12)
    envelope = np.exp(-np.arange(length) / RATE * decay) * np.minimum(1, np.arange(length) / (0.004 * RATE))
    return partials_of(curve, np.arange(1, 25) ** -brightness, rng) * envelope


def tune(rng, n):
    """One instrument: notes of a scale, some of them together."""
    x = np.zeros(n)
    beat = log_uniform(rng, 0.1, 0.6)
    brightness, decay = rng.uniform(0.4, 2.2), log_uniform(rng, 0.3, 15)
    vibrato = rng.choice([0, rng.uniform(0, 0.6)])
    tonic = log_uniform(rng, 60, 500)
    scale = np.array([0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 19])
    at = 0.0
    while at * RATE < n:
        for _ in range(rng.integers(1, 5)):
            pitch = tonic * 2 ** (rng.choice(scale) / 12)
            sound = note(rng, int(RATE * min(2.5, beat * 4)), pitch, brightness, decay, vibrato)
            place(x, sound * rng.random(), int(at * RATE))
        at += beat * rng.choice([1, 1, 2, 0.5])
    return x


def drums(rng, n):
    """Bass drum, snare and cymbals on a grid."""
    x = np.zeros(n)
    beat = rng.uniform(0.2, 0.6)
    t = np.arange(int(RATE * 0.4)) / RATE
    skin = np.sin(2 * np.pi * (45 * t + rng.uniform(2, 6) * (1 - np.exp(-t * 30))))
    bass = skin * np.exp(-t * rng.uniform(6, 20)) * 3
    rattle = rng.standard_normal(t.size) * np.exp(-t * rng.uniform(10, 40))
    snare = rattle + np.sin(2 * np.pi * 190 * t) * np.exp(-t * 25)
    cymbal = filter_by(rng.standard_normal(t.size), lambda f: (f / 4000) ** 2) * np.exp(-t * rng.uniform(8, 60))
    for k in range(int(n / RATE / beat * 2)):
        start = int(k * beat / 2 * RATE)
        place(x, cymbal * rng.random(), start)
        if k % 4 == 0 or rng.random() < 0.1:
            place(x, bass, start)
        if k % 4 == 2:
            place(x, snare, start)
    return x


def band(rng, n):
    """Several instruments, with or without drums."""
    x = sum(tune(rng, n) * rng.random() for _ in range(rng.integers(1, 4)))
    return (x + drums(rng, n) * rng.random() * 2 if rng.random() < 0.6 else x) * slow_curve(rng, n, 1, 2)


MUSIC = (tune, drums, band)
