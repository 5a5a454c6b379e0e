"""What all sounds are made with. A sound is a float64 array at RATE; its level means nothing until it is mixed."""

import numpy as np

RATE = 8000


def to_unit(x):
    """Root mean square 1; silence stays silence."""
    level = np.sqrt(np.mean(x * x))
    return x / level if level > 0 else x


def decibels(x):
    """Factor of an amplitude."""
    return 10 ** (x / 20)


def filter_by(x, gain):
    """Multiplies the spectrum with gain(frequencies in Hz)."""
    return np.fft.irfft(np.fft.rfft(x) * gain(np.fft.rfftfreq(x.size, 1 / RATE)), x.size)


def band_gain(rng, f, deviation):
    """A smooth random curve in dB over log frequency, about two bends an octave at most."""
    octaves = np.log2(np.maximum(f, 31.25) / 31.25)
    knots = rng.normal(0, deviation, 8)
    return np.interp(octaves, np.arange(8), knots)


def band_pass(centre, width):
    """The gain of a band around ``centre`` Hz; ``width`` is a deviation in natural logarithms of frequency."""
    return lambda f: np.exp(-0.5 * (np.log((f + 1) / centre) / width) ** 2)


def slow_curve(rng, n, changes, deviation):
    """Factors that drift in dB: ``changes`` a second, normal with ``deviation`` dB."""
    knots = max(2, int(np.ceil(n / RATE * changes)) + 1)
    return decibels(np.interp(np.linspace(0, knots - 1, n), np.arange(knots), rng.normal(0, deviation, knots)))


def phase_of(frequency):
    """Phase in radians of an oscillator with this frequency in Hz at every sample."""
    return 2 * np.pi * np.cumsum(frequency) / RATE


def partials_of(frequency, amplitudes, rng):
    """Harmonics 1, 2, ... of a gliding fundamental; none above half the rate."""
    count = min(len(amplitudes), int(RATE / 2 / frequency.max()))
    turn = np.exp(1j * phase_of(frequency))
    x = np.zeros_like(turn)
    # A polynomial of e^(i phase), by Horner's rule: quicker than a sine of each multiple of the phase.
    for weight in (amplitudes[:count] * np.exp(2j * np.pi * rng.random(count)))[::-1]:
        x += weight
        x *= turn
    return x.imag


def log_uniform(rng, low, high):
    return np.exp(rng.uniform(np.log(low), np.log(high)))


def place(x, sound, start):
    """Adds ``sound`` to ``x`` from sample ``start`` on, as far as it fits."""
    stop = min(x.size, start + sound.size)
    x[start:stop] += sound[:stop - start]
