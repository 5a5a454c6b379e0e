"""What happens to a sound between its source and the microphone."""

import numpy as np
import scipy.signal

from sounds.signal import RATE, filter_by, log_uniform, to_unit


def reverberate(rng, x):
    """A room, a hall or a street between houses: decaying noise, its high frequencies first, and single echoes."""
    seconds = log_uniform(rng, 0.08, 2.5)
    t = np.arange(int(RATE * min(seconds, 1.5))) / RATE
    tail = rng.standard_normal(t.size) * np.exp(-6.9 * t / seconds)
    tail = filter_by(tail, lambda f: 1 / (1 + (f / rng.uniform(500, 6000)) ** 2))
    for _ in range(rng.integers(0, 6)):
        tail[rng.integers(tail.size)] += rng.uniform(-3, 3) * np.abs(tail).max()
    direct = rng.uniform(0, 1) ** 2
    return to_unit(x) * direct + to_unit(scipy.signal.oaconvolve(x, tail)[:x.size])


def move_away(rng, x):
    """Air and obstacles between: a low-pass of first or second order."""
    corner, order = log_uniform(rng, 150, 4000), rng.uniform(0.5, 2)
    return filter_by(x, lambda f: 1 / (1 + (f / corner) ** 2) ** order)
