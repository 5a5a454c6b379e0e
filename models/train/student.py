"""The student: the teacher's architecture with weights of its own, most of them masked."""

import torch
from torch import nn
import torch.nn.functional as F

from reference import BATCH_NORM_EPSILON, SEA_64
from teacher import pooled


class MaskedConvolution(nn.Module):
    """A 3 x 3 convolution, of whose weights the masked ones count as zero and stay as they are."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(outputs, inputs, 3, 3))
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.register_buffer("mask", torch.ones_like(self.weight))

    def kernel(self):
        return self.weight * self.mask

    def forward(self, x):
        return F.conv2d(x, self.kernel(), self.bias, padding=1)


class Student(nn.Module):
    """Maps (n, 1, 64, 50) in dB -> outputs of the eight convolutions as the next layer gets them.

    ``mean`` and ``variance`` bring the maps near 0 and 1; the mean is also what the map's border is filled up with.
    """

    def __init__(self, mean, variance):
        super().__init__()
        channels = (1, *SEA_64.channels)
        self.register_buffer("mean", torch.tensor(float(mean)))
        self.register_buffer("variance", torch.tensor(float(variance)))
        self.convolutions = nn.ModuleList(MaskedConvolution(*pair) for pair in zip(channels, channels[1:]))

    def normalised(self, maps):
        return (maps - self.mean) / (self.variance + BATCH_NORM_EPSILON) ** 0.5

    def forward(self, maps):
        x = self.normalised(maps)
        outputs = []
        for number, convolution in enumerate(self.convolutions):
            x = F.relu(pooled(convolution(x), number))
            outputs.append(x)
        return outputs

    def zeros(self):
        """Share of all weights."""
        return 1 - torch.cat([c.mask.flatten() for c in self.convolutions]).mean().item()
