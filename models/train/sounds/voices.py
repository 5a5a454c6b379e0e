"""Voices without words: buzz and breath through moving formants. Words come from speech.py."""

import numpy as np

from sounds.signal import RATE, filter_by, log_uniform, partials_of, slow_curve, to_unit

#: The first three formants of vowels in Hz, from a closed to an open mouth and from back to front.
VOWELS = np.array([[300, 870, 2240], [440, 1020, 2240], [640, 1190, 2390], [730, 1090, 2440],
                   [660, 1720, 2410], [530, 1840, 2480], [390, 1990, 2550], [270, 2290, 3010]])


def syllable(rng, length, pitch, size):
    """One vowel, perhaps with a consonant's noise before it."""
    glide = pitch * 2 ** np.interp(np.linspace(0, 1, length), [0, 0.3, 1], rng.normal(0, 0.15, 3))
    buzz = partials_of(glide, np.arange(1, 40) ** -rng.uniform(0.8, 1.5), rng) + 0.05 * rng.standard_normal(length)
    formants, widths = rng.choice(VOWELS) * size, rng.uniform(50, 200, 3)
    resonances = list(zip(formants, widths, (1, 1 / 2, 1 / 3)))
    vowel = filter_by(buzz, lambda f: sum(level / (1 + ((f - c) / w) ** 2) for c, w, level in resonances))
    x = to_unit(vowel) * np.hanning(length) ** 0.5
    if rng.random() < 0.6:
        breath, centre, width = rng.standard_normal(length), rng.uniform(500, 4500), rng.uniform(300, 1500)
        burst = filter_by(breath, lambda f: np.exp(-0.5 * ((f - centre) / width) ** 2))
        x += to_unit(burst) * rng.uniform(0.1, 1) * np.exp(-np.linspace(0, rng.uniform(5, 30), length))
    return x


def voice(rng, n):
    """Somebody talking, singing or shouting."""
    x = np.zeros(n)
    pitch, size = log_uniform(rng, 75, 450), rng.uniform(0.85, 1.3)
    at = rng.integers(0, RATE // 2)
    while at < n:
        length = int(RATE * rng.uniform(0.08, 0.35))
        sound = syllable(rng, length, pitch * 2 ** rng.normal(0, 0.1), size)
        x[at:at + length] += sound[:n - at] * rng.uniform(0.3, 1)
        at += length + int(RATE * rng.choice([0, 0.03, rng.uniform(0.05, 0.5)]))
    return x


def crowd(rng, n):
    """Many voices at once, each at its own distance: a pub, a station, a school yard."""
    voices = [np.roll(to_unit(voice(rng, n)), rng.integers(n)) for _ in range(3)]
    x = np.zeros(n)
    for _ in range(rng.integers(4, 25)):
        picked = voices[rng.integers(3)]
        # Read at another speed, one voice serves for many.
        at = (np.arange(n) * rng.uniform(0.7, 1.4) + rng.integers(n)) % (n - 1)
        x += np.interp(at, np.arange(n), picked) * rng.exponential(0.5)
    return x * slow_curve(rng, n, 1, 2)


VOICES = (voice, voice, crowd)
