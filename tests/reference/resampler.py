"""Resampling with the exact index arithmetic of resampy 0.2.1 and 0.2.2, filter "kaiser_best"."""

import numpy as np

ZERO_CROSSINGS = 64
TABLE_PRECISION = 512
KAISER_BETA = 14.769656459379492
ROLLOFF = 0.9475937167399596


def kaiser_best_half_window():
    n = ZERO_CROSSINGS * TABLE_PRECISION
    sinc = ROLLOFF * np.sinc(ROLLOFF * np.linspace(0, ZERO_CROSSINGS, n + 1))
    position = np.arange(n + 1) / float(n)
    taper = np.i0(KAISER_BETA * np.sqrt(np.clip(1.0 - position * position, 0.0, None))) / np.i0(KAISER_BETA)
    return sinc * taper


def resample(x, rate_from, rate_to):
    """1-D float64 signal at ``rate_from`` -> ``rate_to``.

    Output accumulates tap by tap, left wing first, so results are reproducible to the last bit.
    """
    ratio = float(rate_to) / rate_from
    n_in = x.shape[0]
    n_out = int(n_in * ratio)
    if n_out < 1:
        raise ValueError("%d samples are too few to resample from %s to %s Hz" % (n_in, rate_from, rate_to))
    window = kaiser_best_half_window()
    if ratio < 1:
        window = window * ratio
    delta = np.zeros_like(window)
    delta[:-1] = window[1:] - window[:-1]

    scale = min(1.0, ratio)
    step = int(scale * TABLE_PRECISION)      # truncated: the filter is slightly stretched
    # the read position is an accumulated sum, not k / ratio
    position = np.concatenate(([0.0], np.cumsum(np.full(n_out - 1, 1.0 / ratio))))
    n = position.astype(np.int64)
    y = np.zeros(n_out)

    def add_wing(fraction, limit, index):
        t = fraction * TABLE_PRECISION
        offset = t.astype(np.int64)
        eta = t - offset
        taps = np.minimum(limit, (window.shape[0] - offset) // step)
        for i in range(int(taps.max(initial=0))):
            live = np.nonzero(taps > i)[0]
            o = offset[live] + i * step
            y[live] = y[live] + (window[o] + eta[live] * delta[o]) * x[index(live, i)]

    fraction = scale * (position - n)
    add_wing(fraction, n + 1, lambda live, i: n[live] - i)
    add_wing(scale - fraction, n_in - n - 1, lambda live, i: n[live] + i + 1)
    return y
