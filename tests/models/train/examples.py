"""A few maps that the tests in this folder share."""

import numpy as np
import torch

import recipe  # noqa: F401
import bank

RNG = np.random.default_rng(0)
#: Six windows of noise that fades.
WINDOWS = RNG.standard_normal((6, 8000)) * np.exp(-RNG.uniform(0, 3, (6, 1)) * np.linspace(0, 1, 8000))
MAPS = bank.mel_maps(WINDOWS)
BANK = torch.from_numpy(MAPS.astype(np.float16))


def as_input(maps):
    return torch.from_numpy(maps.astype(np.float32))[:, None]
