"""The training sounds as decibel mel maps on disk, made once."""

import pathlib

import numpy as np

from reference import MEL_VARIABLES, SEA_64, mel_spectrogram
from sounds.scenes import windows

WINDOWS_PER_SCENE = 3
SHARD = 3000


def mel_maps(samples):
    """(n, 8000) samples -> (n, 64, 50) float32 dB, as the network sees them."""
    return mel_spectrogram(samples.astype(np.float32), SEA_64, MEL_VARIABLES, np.float32, method="fft")


def make_shard(seed, number, speech, size=SHARD):
    """(size, 64, 50) float16. A shard depends on seed and number only."""
    rng = np.random.default_rng([seed, number])
    scenes = [windows(rng, speech, WINDOWS_PER_SCENE) for _ in range(-(-size // WINDOWS_PER_SCENE))]
    return mel_maps(np.concatenate(scenes)[:size]).astype(np.float16)


def shard_path(folder, number):
    return pathlib.Path(folder) / ("sounds-%04d.npy" % number)


def fill(folder, seed, speech, shards, size=SHARD):
    """Writes the shards that are not there yet; ``speech`` makes the speech generator if one is needed."""
    missing = [number for number in range(shards) if not shard_path(folder, number).exists()]
    generator = speech() if missing else None
    for number in missing:
        path = shard_path(folder, number)
        unfinished = path.with_suffix(".part.npy")
        np.save(unfinished, make_shard(seed, number, generator, size))
        unfinished.rename(path)
        print("sounds: %d of %d shards" % (number + 1, shards), flush=True)


def load(folder):
    """All sounds of a folder in memory: (n, 64, 50) float16."""
    return np.concatenate([np.load(path) for path in sorted(pathlib.Path(folder).glob("sounds-????.npy"))])
