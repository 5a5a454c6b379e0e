"""The training sounds as decibel mel maps on disk: made once, in processes of their own, and used as they come."""

import concurrent.futures
import math
import multiprocessing
import os
import pathlib

import numpy as np
import torch

from reference import MEL_VARIABLES, SEA_64, mel_spectrogram
from sounds.scenes import windows
from sounds.speech import Speech
from sounds.textures import textures

#: Windows in a shard, and what share of them are scenes. The others are textures: in these students are farthest off.
SHARD, SCENES = 3000, 1 / 3

WINDOWS_PER_SCENE = 3
TEXTURES_AT_ONCE = 250

#: The share of all shards that are there before anything is trained.
FIRST = 0.5

#: Windows of the first shard that nothing is trained on, half of them scenes.
HELD_OUT = 600


def mel_maps(samples):
    """(n, 8000) samples -> (n, 64, 50) float32 dB, as the network sees them."""
    return mel_spectrogram(samples.astype(np.float32), SEA_64, MEL_VARIABLES, np.float32, method="fft")


def sounds(rng, speech, size):
    """(size, 8000): scenes, three windows of each, and then textures, made in parts to spare memory."""
    scenes = round(size * SCENES)
    parts = [windows(rng, speech, min(WINDOWS_PER_SCENE, scenes - done))
             for done in range(0, scenes, WINDOWS_PER_SCENE)]
    parts += [textures(rng, min(TEXTURES_AT_ONCE, size - done)) for done in range(scenes, size, TEXTURES_AT_ONCE)]
    return np.concatenate(parts)


def shard_path(folder, number):
    return pathlib.Path(folder) / ("sounds-%04d.npy" % number)


def make_shard(folder, seed, utterances, number, size):
    """Writes a shard if it is not there yet. What it holds depends on seed, utterances, number and size only."""
    path = shard_path(folder, number)
    if not path.exists():
        maps = mel_maps(sounds(np.random.default_rng([seed, number]), Speech(folder, seed, utterances), size))
        unfinished = path.with_suffix(".part.npy")
        np.save(unfinished, maps.astype(np.float16))
        unfinished.rename(path)


class Bank:
    """All sounds of a folder. Those that are missing are made by as many processes as there are other processors.

    ``maps``: (n, 64, 50) float16, all that came so far; ``held_out``: those that are kept back.
    """

    def __init__(self, folder, options, device="cpu"):
        if not all(shard_path(folder, number).exists() for number in range(options.shards)):
            Speech(folder, options.seed, options.utterances)    # before any process wants it
        os.environ["OMP_NUM_THREADS"] = "1"     # of the processes
        self.workers = max(1, len(os.sched_getaffinity(0)) - 1)
        self.pool = concurrent.futures.ProcessPoolExecutor(self.workers, multiprocessing.get_context("spawn"))
        self.coming = [(number, self.pool.submit(make_shard, folder, options.seed, options.utterances, number,
                                                 options.shard_size)) for number in range(options.shards)]
        self.folder = folder
        s = SEA_64.spectrogram
        self.space = torch.empty(options.shards * options.shard_size, s.bands, s.frames,
                                 dtype=torch.float16, device=device)
        self.filled, self.held_out = 0, None

    @property
    def maps(self):
        return self.space[:self.filled]

    def take_in(self):
        """Adds the shards that were finished since. The first time it waits for the first of them."""
        if self.held_out is None:
            concurrent.futures.wait([shard for _, shard in self.coming[:math.ceil(FIRST * len(self.coming))]])
        finished = [(number, shard) for number, shard in self.coming if shard.done()]
        self.coming = [pair for pair in self.coming if pair not in finished]
        for number, shard in finished:
            shard.result()
            self.add(torch.from_numpy(np.load(shard_path(self.folder, number))))

    def add(self, maps):
        if self.held_out is None:
            scenes, half = round(len(maps) * SCENES), min(HELD_OUT // 2, len(maps) // 10)
            kept_back = torch.zeros(len(maps), dtype=torch.bool)
            kept_back[scenes - half:scenes] = kept_back[len(maps) - half:] = True
            self.held_out, maps = maps[kept_back], maps[~kept_back]
        self.space[self.filled:self.filled + len(maps)] = maps
        self.filled += len(maps)

    def close(self):
        """Ends the processes; what is not finished is not made."""
        self.pool.shutdown(cancel_futures=True)
