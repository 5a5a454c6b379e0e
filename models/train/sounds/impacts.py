"""Short sounds: knocks, steps, clatter, bangs."""

import numpy as np

from sounds.signal import RATE, decibels, filter_by, log_uniform, place


def knock(rng, length):
    """Something struck: a few damped resonances and a burst of noise."""
    t = np.arange(length) / RATE
    x = rng.standard_normal(length) * np.exp(-t * log_uniform(rng, 15, 500)) * rng.random()
    for _ in range(rng.integers(1, 8)):
        level = rng.random()
        ring = np.sin(2 * np.pi * log_uniform(rng, 50, 3800) * t)
        x += level * ring * np.exp(-t * log_uniform(rng, 4, 150))
    return x


def steps(rng, n):
    """The same thing struck about regularly."""
    x = np.zeros(n)
    sound = knock(rng, int(RATE * rng.uniform(0.1, 0.5)))
    at, period = rng.uniform(0, 0.5), log_uniform(rng, 0.15, 1.2)
    while at * RATE < n:
        place(x, sound * rng.uniform(0.5, 1), int(at * RATE))
        at += period * rng.uniform(0.85, 1.15)
    return x


def clatter(rng, n):
    """Different things struck at any time: dishes, tools, a market."""
    x = np.zeros(n)
    for _ in range(rng.integers(2, 40)):
        place(x, knock(rng, int(RATE * 0.3)) * decibels(-rng.exponential(8)), rng.integers(0, n))
    return x


def bang(rng, n):
    """One blow and its low echo: a door, a shot, a thunder."""
    t = np.arange(n) / RATE
    tail = filter_by(rng.standard_normal(n), lambda f: 1 / (1 + (f / log_uniform(rng, 80, 3000)) ** 2))
    x = np.zeros(n)
    place(x, tail * np.exp(-t * log_uniform(rng, 1, 40)), rng.integers(0, n // 2))
    return x


IMPACTS = (steps, clatter, bang)
