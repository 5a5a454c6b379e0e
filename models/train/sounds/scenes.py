"""Recordings of whole scenes, put together from everything else in this folder."""

import numpy as np

from sounds.impacts import IMPACTS
from sounds.machines import MACHINES, passing, traffic
from sounds.microphone import record
from sounds.music import MUSIC
from sounds.noises import NOISES, coloured, rain, rumble, wind
from sounds.rooms import move_away, reverberate
from sounds.signal import RATE, decibels, slow_curve, to_unit
from sounds.tones import TONES
from sounds.voices import VOICES, crowd


def families(speech):
    """The kinds of foreground sounds, each kind as likely as any other."""
    return (NOISES, TONES, MACHINES, IMPACTS, MUSIC, (*VOICES, speech, speech, speech, speech))


def pick(rng, kinds, n):
    kind = kinds[rng.integers(len(kinds))]
    return to_unit(kind[rng.integers(len(kind))](rng, n))


def street(rng, kinds, n):
    """Traffic or another diffuse bed, with some things happening at all distances."""
    beds = (traffic, traffic, rumble, crowd, wind, rain, coloured, passing)
    x = sum(pick(rng, (beds,), n) * decibels(-rng.exponential(8)) for _ in range(rng.integers(1, 4)))
    if rng.random() < 0.6:
        x = reverberate(rng, x)
    x = to_unit(x) * slow_curve(rng, n, rng.uniform(0.2, 1), rng.uniform(0, 4))
    for _ in range(rng.poisson(1.5)):
        x = x + distant(rng, pick(rng, kinds, n)) * decibels(rng.uniform(-30, 6))
    return x


def distant(rng, x):
    """A source somewhere: the farther, the duller and the more reverberant."""
    if rng.random() < 0.6:
        x = move_away(rng, x)
    return to_unit(reverberate(rng, x)) if rng.random() < 0.5 else to_unit(x)


def near(rng, kinds, n):
    """One thing at the microphone, perhaps with another."""
    x = pick(rng, kinds, n)
    if rng.random() < 0.4:
        x = x + pick(rng, kinds, n) * decibels(rng.uniform(-40, 0))
    return distant(rng, x) if rng.random() < 0.4 else x


def interrupt(rng, window):
    """Digital silence at one end or both, as where a sound is shorter than its window or begins within it."""
    window = window.copy()
    both_ends = rng.random() < 0.5
    start, stop = np.sort(rng.integers(0, window.size, 2)) if both_ends else (0, rng.integers(1, window.size))
    window[:start] = 0
    window[stop:] = 0
    return window if rng.random() < 0.5 or start else window[::-1].copy()


def windows(rng, speech, count):
    """``count`` windows of one second out of one scene: (count, RATE) float64."""
    n = 3 * RATE
    kinds = families(speech)
    x = record(rng, street(rng, kinds, n) if rng.random() < 0.5 else near(rng, kinds, n))
    starts = np.sort(rng.integers(0, n - RATE + 1, count))
    cut = [x[start:start + RATE] for start in starts]
    return np.array([interrupt(rng, window) if rng.random() < 0.12 else window for window in cut])
