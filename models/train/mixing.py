"""Batches out of the bank: sounds mixed, coloured and faded as mel maps, which costs nearly nothing.

A mel map holds 10 log10 of an amplitude, so 5 log10 of a power, and powers of unrelated sounds add up.
"""

import torch
import torch.nn.functional as F

#: Share of windows that are left as they are in the bank.
UNTOUCHED = 0.4


def curves(rows, knots, deviation, length, generator):
    """(rows, length): smooth random curves in the map's decibels; about half of the rows are zero."""
    bends = torch.randn(rows, 1, knots, generator=generator) * deviation
    bends *= (torch.rand(rows, 1, 1, generator=generator) < 0.5).float()
    return F.interpolate(bends, size=length, mode="linear", align_corners=True)[:, 0]


def varied(maps, generator):
    """Powers of maps with another frequency response and another course of loudness."""
    rows, bands, frames = maps.shape
    response = curves(rows, 7, 2.5, bands, generator)
    loudness = curves(rows, 4, 2.0, frames, generator)
    return 10 ** ((maps + response[:, :, None] + loudness[:, None, :]) / 5)


def decibels(power):
    """Powers to maps: the loudest place at 0 dB, nothing below -80."""
    maps = 5 * torch.log10(power.clamp_min(1e-20))
    return (maps - maps.amax(dim=(1, 2), keepdim=True)).clamp_min(-80)


def mixed_batch(bank, size, generator):
    """(size, 1, bands, frames) float32 from a bank of (n, bands, frames) float16."""
    first, second = (torch.from_numpy(bank[torch.randint(len(bank), (size,), generator=generator).numpy()]).float()
                     for _ in range(2))
    power = varied(first, generator)
    ratio = torch.empty(size, 1, 1).uniform_(-15, 5, generator=generator)
    added = torch.rand(size, 1, 1, generator=generator) < 0.6
    power = power + added * 10 ** (ratio / 5) * varied(second, generator)
    below = torch.empty(size, 1, 1).uniform_(-40, -7, generator=generator)
    floor = 10 ** (below / 5) * power.amax(dim=(1, 2), keepdim=True)
    power = power + floor * (torch.rand(size, 1, 1, generator=generator) < 0.3)
    untouched = torch.rand(size, 1, 1, generator=generator) < UNTOUCHED
    return torch.where(untouched, first, decibels(power))[:, None]
