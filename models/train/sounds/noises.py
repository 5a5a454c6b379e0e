"""Sounds without pitch: hiss, hum of a distant city, wind, rain."""

import numpy as np

from sounds.signal import RATE, band_gain, band_pass, decibels, filter_by, log_uniform, slow_curve, to_unit


def coloured(rng, n):
    """Noise falling or rising with frequency, with a few broad bumps."""
    slope = rng.uniform(-2.2, 0.6)
    return filter_by(rng.standard_normal(n), lambda f: (f / 300 + 0.03) ** slope * decibels(band_gain(rng, f, 8)))


def narrow(rng, n):
    """A band of noise: a vent, a nozzle, a river."""
    band = band_pass(log_uniform(rng, 80, 3500), rng.uniform(0.1, 1.2))
    return filter_by(rng.standard_normal(n), band)


def rumble(rng, n):
    """What is left of a city far away: nearly all of it below some hundred hertz, changing within seconds."""
    corner = log_uniform(rng, 30, 400)
    order = rng.uniform(1, 4)
    noise = filter_by(rng.standard_normal(n), lambda f: (f + 5) ** -0.3 / (1 + (f / corner) ** order))
    return to_unit(noise) * slow_curve(rng, n, 0.3, rng.uniform(1, 6))


def wind(rng, n):
    """Turbulence at the microphone: gusts of low noise, sometimes driving it into its limits."""
    corner = rng.uniform(40, 350)
    noise = filter_by(rng.standard_normal(n), lambda f: 1 / (1 + (f / corner) ** rng.uniform(1.5, 3)))
    gusts = to_unit(noise) * slow_curve(rng, n, rng.uniform(0.5, 5), rng.uniform(4, 14))
    return np.clip(gusts, -1.5, 1.5) if rng.random() < 0.3 else gusts


def rain(rng, n):
    """Hiss of many drops, and single ones nearby."""
    hiss = filter_by(rng.standard_normal(n), lambda f: (f / 1000 + 0.05) ** rng.uniform(-0.3, 1.0))
    clicks = np.where(rng.random(n) < rng.uniform(3, 300) / RATE, rng.standard_normal(n) * 8, 0.0)
    ring = rng.uniform(400, 3500)
    drops = filter_by(clicks, lambda f: 1 / np.sqrt(1 + ((f - ring) / rng.uniform(50, 900)) ** 2))
    return to_unit(hiss) + rng.uniform(0, 2) * to_unit(drops)


NOISES = (coloured, narrow, rumble, wind, rain)
