"""Engines, traffic and tools."""

import numpy as np

from sounds.signal import (RATE, band_gain, band_pass, decibels, filter_by, log_uniform, partials_of, place,
                           slow_curve, to_unit)


def engine(rng, n):
    """Firing pulses with unsteady speed through a resonant exhaust, idling or driven."""
    speed = log_uniform(rng, 15, 150) * slow_curve(rng, n, rng.uniform(0.2, 3), rng.uniform(0, 3))
    pulses = partials_of(speed, rng.random(60) * np.arange(1, 61) ** -rng.uniform(0.2, 1.5), rng)
    breath = rng.standard_normal(n) * (1 + to_unit(pulses))
    mixed = to_unit(pulses) + rng.uniform(0.05, 0.8) * breath
    return filter_by(mixed, lambda f: decibels(band_gain(rng, f, 7)) / (1 + (f / rng.uniform(200, 2000)) ** 1.5))


def passing(rng, n):
    """One vehicle that comes and goes: tyres and engine; its distance takes the high frequencies first."""
    hiss = rng.standard_normal(n)
    tyres = filter_by(hiss, band_pass(rng.uniform(500, 1300), rng.uniform(0.5, 1.1)))
    near = to_unit(tyres) * rng.uniform(0.2, 1.5) + to_unit(engine(rng, n)) * rng.random()
    far = filter_by(near, lambda f: 1 / (1 + (f / rng.uniform(150, 800)) ** 1.5))
    t = (np.arange(n) / RATE - rng.uniform(-2, n / RATE + 2)) * log_uniform(rng, 0.2, 3)
    loudness = 1 / (1 + t * t)
    return near * loudness + far * np.sqrt(loudness)


def traffic(rng, n):
    """A road: many vehicles at many distances."""
    return sum(to_unit(passing(rng, n)) * decibels(-rng.exponential(9)) for _ in range(rng.integers(2, 9)))


def fan(rng, n):
    """Air conditioning, compressors, generators: steady harmonics of the mains or a shaft in shaped noise."""
    base = rng.choice([50.0, 60.0, 100.0, 120.0, log_uniform(rng, 20, 400)])
    hum = partials_of(np.full(n, base) * slow_curve(rng, n, 1, 0.03), rng.random(30) ** 3, rng)
    air = filter_by(rng.standard_normal(n),
                    lambda f: (f / 200 + 0.1) ** rng.uniform(-1.8, 0) * decibels(band_gain(rng, f, 6)))
    return to_unit(hum) * rng.random() + to_unit(air)


def hammer(rng, n):
    """Blows at a steady rate, each exciting the same resonances: jackhammers, drills, trains on joints, clocks."""
    length = int(RATE * log_uniform(rng, 0.01, 0.4))
    t = np.arange(length) / RATE
    blow = rng.standard_normal(length) * np.exp(-t * log_uniform(rng, 20, 400))
    ring = sum(rng.random() * np.sin(2 * np.pi * log_uniform(rng, 60, 3500) * t) for _ in range(4))
    blow += ring * np.exp(-t * log_uniform(rng, 10, 200))
    x = np.zeros(n)
    period = RATE / log_uniform(rng, 1, 40)
    for k in range(int(n / period)):
        place(x, blow * rng.uniform(0.6, 1), int(period * (k + rng.uniform(0, 0.05))))
    return x


def saw(rng, n):
    """Grinders, saws, mopeds, lawn mowers: a whine whose speed follows the load."""
    speed = log_uniform(rng, 80, 900) * slow_curve(rng, n, rng.uniform(0.5, 4), rng.uniform(0.3, 4))
    whine = partials_of(speed, rng.random(30) * np.arange(1, 31) ** -rng.uniform(0, 1), rng)
    return to_unit(whine) + to_unit(rng.standard_normal(n)) * rng.uniform(0.1, 1.5)


MACHINES = (engine, passing, traffic, fan, hammer, saw)
