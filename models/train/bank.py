"""The training sounds as decibel mel maps on disk, made once."""

import pathlib

import numpy as np

from reference import MEL_VARIABLES, SEA_64, mel_spectrogram
from sounds.scenes import windows
from sounds.textures import textures

WINDOWS_PER_SCENE = 3
SHARD = 3000
TEXTURES_AT_ONCE = 250

#: Shards of textures for each one of scenes: in textures students are farthest from the teacher.
TEXTURES_PER_SCENE = 2


def mel_maps(samples):
    """(n, 8000) samples -> (n, 64, 50) float32 dB, as the network sees them."""
    return mel_spectrogram(samples.astype(np.float32), SEA_64, MEL_VARIABLES, np.float32, method="fft")


def scenes_shard(rng, speech, size):
    """(size, 8000): windows of scenes."""
    scenes = [windows(rng, speech, WINDOWS_PER_SCENE) for _ in range(-(-size // WINDOWS_PER_SCENE))]
    return np.concatenate(scenes)[:size]


def textures_shard(rng, size):
    """(size, 8000): diffuse noise, made in parts to spare memory."""
    return np.concatenate([textures(rng, min(TEXTURES_AT_ONCE, size - done))
                           for done in range(0, size, TEXTURES_AT_ONCE)])


def shard_path(folder, kind, number):
    return pathlib.Path(folder) / ("%s-%04d.npy" % (kind, number))


def save(path, maps):
    unfinished = path.with_suffix(".part.npy")
    np.save(unfinished, maps.astype(np.float16))
    unfinished.rename(path)


def fill(folder, seed, speech, shards, size=SHARD):
    """Writes the shards that are not there yet, ``shards`` of scenes and TEXTURES_PER_SCENE times as many of textures;
    ``speech`` makes the speech generator if one is needed. What a shard holds depends on seed, kind and number only."""
    missing = [n for n in range(shards) if not shard_path(folder, "scenes", n).exists()]
    generator = speech() if missing else None
    for number in missing:
        samples = scenes_shard(np.random.default_rng([seed, number]), generator, size)
        save(shard_path(folder, "scenes", number), mel_maps(samples))
        print("scenes: %d of %d shards" % (number + 1, shards), flush=True)
    for number in range(shards * TEXTURES_PER_SCENE):
        path = shard_path(folder, "textures", number)
        if not path.exists():
            save(path, mel_maps(textures_shard(np.random.default_rng([seed, number, 1]), size)))
            print("textures: %d of %d shards" % (number + 1, shards * TEXTURES_PER_SCENE), flush=True)


def load(folder):
    """All sounds of a folder in memory: (n, 64, 50) float16, after each shard of scenes its textures."""
    scenes, textures = (sorted(pathlib.Path(folder).glob(kind + "-????.npy")) for kind in ("scenes", "textures"))
    paths = [path for number, scene in enumerate(scenes)
             for path in (scene, *textures[number * TEXTURES_PER_SCENE:][:TEXTURES_PER_SCENE])]
    return np.concatenate([np.load(path) for path in paths])
