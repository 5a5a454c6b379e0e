"""The teacher: a SEA network of EdgeL3 with the weights of a Keras file."""

import torch
import torch.nn.functional as F

from reference import BATCH_NORM_EPSILON, SEA_64, read_keras_file


class Teacher:
    """Callable: maps (n, 1, 64, 50) in dB -> outputs of the eight convolutions as the next layer gets them."""

    def __init__(self, path, device):
        weights = read_keras_file(path, SEA_64)
        self.input_scale, self.input_shift = (float(v[0]) for v in folded(*weights.batch_norm[0]))
        self.layers = []
        for (kernel, bias), norm in zip(weights.conv, weights.batch_norm[1:]):
            scale, shift = folded(*norm)
            kernel = torch.from_numpy(kernel.transpose(3, 2, 0, 1) * scale[:, None, None, None])
            bias = torch.from_numpy(bias * scale + shift)
            self.layers.append((kernel.to(device, memory_format=torch.channels_last), bias.to(device)))

    def normalised(self, maps):
        return maps * self.input_scale + self.input_shift

    @torch.no_grad()
    def answer(self, number, x):
        """What a convolution answers to ``x``, before the ReLU."""
        kernel, bias = self.layers[number]
        return F.conv2d(x, kernel, bias, padding=1)

    @torch.no_grad()
    def __call__(self, maps):
        x = self.normalised(maps)
        outputs = []
        for number in range(len(self.layers)):
            x = pooled(F.relu_(self.answer(number, x)), number)
            outputs.append(x)
        return outputs


def folded(gamma, beta, mean, variance):
    """A BatchNorm as scale and shift."""
    scale = gamma / (variance + BATCH_NORM_EPSILON) ** 0.5
    return scale, beta - mean * scale


def pooled(x, number):
    """The pooling after every second convolution but the last, whose maximum over everything is the embedding."""
    return F.max_pool2d(x, 2) if number in (1, 3, 5) else x


def embedding(outputs):
    """(n, 64): the global maximum of the last convolution's output."""
    return outputs[-1].amax(dim=(2, 3))
