"""Writes web/demo/sample.wav, the sound ``npm start`` embeds: four bells, then rain.  Seeded."""

from pathlib import Path

import numpy as np

from signals import noise, seconds
from wav import write_wav

RATE = 16000
PATH = Path(__file__).resolve().parents[2] / "web" / "demo" / "sample.wav"

# Partials of a bell as multiples of its nominal note, with amplitude and decay time in seconds.
PARTIALS = ((0.5, 0.5, 1.5), (1.0, 1.0, 0.9), (1.19, 0.5, 0.7), (1.5, 0.3, 0.5), (2.0, 0.4, 0.4), (2.67, 0.2, 0.25))
NOTES = ((0.0, 523.25), (0.3, 659.26), (0.6, 783.99), (0.9, 1046.5))


def bells(t):
    x = np.zeros(t.size)
    for start, note in NOTES:
        since = np.maximum(t - start, 0)
        for multiple, amplitude, decay in PARTIALS:
            x += amplitude * np.exp(-since / decay) * np.sin(2 * np.pi * note * multiple * since)
    return x / np.abs(x).max()


def rain(rng, t):
    x = 0.4 * noise(rng, t.size, RATE, 0.4)
    ping = seconds(RATE, 0.02)
    for start in rng.integers(0, t.size - ping.size, 400):
        drop = np.exp(-ping / 0.003) * np.sin(2 * np.pi * rng.uniform(1000, 6000) * ping)
        x[start:start + ping.size] += rng.uniform(0.05, 0.6) * drop
    return x / np.abs(x).max()


def main():
    rng = np.random.default_rng(2019)
    t = seconds(RATE, 4.0)
    swell = 0.01 + np.clip((t - 1.8) / 1.2, 0, 1) * np.clip((4.0 - t) / 0.4, 0, 1)
    write_wav(PATH, 0.5 * bells(t) + 0.4 * rain(rng, t) * swell, RATE)


if __name__ == "__main__":
    main()
