"""The student: the teacher's architecture with weights of its own, most of them masked."""

import torch
from torch import nn
import torch.nn.functional as F

from reference import BATCH_NORM_EPSILON, SEA_64
from teacher import pooled


class MaskedConvolution(nn.Module):
    """A 3 x 3 convolution and its BatchNorm. Masked weights count as zero, but learn on in training mode."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, 3, 3) * (2 / (9 * inputs)) ** 0.5)
        self.norm = nn.BatchNorm2d(outputs, eps=BATCH_NORM_EPSILON, momentum=0.1)
        self.register_buffer("mask", torch.ones_like(self.weight))

    def kernel(self):
        """The masked weights. In training mode, the gradient passes as if there were no mask."""
        if not self.training:
            return self.weight * self.mask
        return self.weight + (self.weight * (self.mask - 1)).detach()

    def forward(self, x):
        return F.relu(self.norm(F.conv2d(x, self.kernel(), padding=1)))


class Student(nn.Module):
    """Maps (n, 1, 64, 50) in dB -> outputs of the eight convolutions as the next layer gets them.

    ``mean`` and ``variance`` are those of the training sounds' maps.
    """

    def __init__(self, mean, variance):
        super().__init__()
        channels = (1, *SEA_64.channels)
        self.register_buffer("mean", torch.tensor(float(mean)))
        self.register_buffer("variance", torch.tensor(float(variance)))
        self.convolutions = nn.ModuleList(MaskedConvolution(*pair) for pair in zip(channels, channels[1:]))

    def forward(self, maps):
        x = (maps - self.mean) / (self.variance + BATCH_NORM_EPSILON) ** 0.5
        outputs = []
        for number, convolution in enumerate(self.convolutions):
            x = pooled(convolution(x), number)
            outputs.append(x)
        return outputs
