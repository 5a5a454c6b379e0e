"""Batches out of the bank: sounds mixed, coloured and faded as mel maps, which costs nearly nothing.

A mel map holds 10 log10 of an amplitude, so 5 log10 of a power, and powers of unrelated sounds add up.
"""

import torch
import torch.nn.functional as F

#: Share of windows that are left as they are in the bank.
UNTOUCHED = 0.4


def uniform(low, high, size, generator):
    """(size, 1, 1) random numbers."""
    return low + (high - low) * torch.rand(size, 1, 1, generator=generator, device=generator.device)


def curves(rows, knots, deviation, length, generator):
    """(rows, length): smooth random curves in the map's decibels; about half of the rows are zero."""
    bends = torch.randn(rows, 1, knots, generator=generator, device=generator.device) * deviation
    bends *= uniform(0, 1, rows, generator) < 0.5
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


def mixed_batch(maps, size, generator):
    """(size, 1, bands, frames) float32 from (n, bands, frames) float16, where the generator is."""
    first, second = (maps[torch.randint(len(maps), (size,), generator=generator, device=generator.device)].float()
                     for _ in range(2))
    power = varied(first, generator)
    ratio = uniform(-15, 5, size, generator)
    added = uniform(0, 1, size, generator) < 0.6
    power = power + added * 10 ** (ratio / 5) * varied(second, generator)
    below = uniform(-40, -7, size, generator)
    floor = 10 ** (below / 5) * power.amax(dim=(1, 2), keepdim=True)
    power = power + floor * (uniform(0, 1, size, generator) < 0.3)
    untouched = uniform(0, 1, size, generator) < UNTOUCHED
    return torch.where(untouched, first, decibels(power))[:, None]
