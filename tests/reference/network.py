"""The network: eight convolutions with BatchNorm, ReLU and pooling."""

import numpy as np
import torch
import torch.nn.functional as F

from architecture import BATCH_NORM_EPSILON
from front_end import mel_spectrogram, mel_variables

torch.set_num_threads(1)


class Weights:
    """``conv``: eight (kernel HWIO, bias); ``batch_norm``: eight or nine (gamma, beta, mean, variance).

    ``mel``: the front end's arrays if the file holds them; they are computed where it does not.
    """

    def __init__(self, architecture, conv, batch_norm, mel=None):
        self.architecture = architecture
        self.conv = conv
        self.batch_norm = batch_norm
        self.mel = mel_variables(architecture) if mel is None else mel


def batch_norm(h, parameters):
    gamma, beta, mean, variance = (torch.from_numpy(p).to(h.dtype)[None, :, None, None] for p in parameters)
    return (h - mean) * (gamma / torch.sqrt(variance + BATCH_NORM_EPSILON)) + beta


def convolution(h, parameters):
    kernel, bias = parameters
    kernel = torch.from_numpy(np.ascontiguousarray(kernel.transpose(3, 2, 0, 1))).to(h.dtype)
    return F.conv2d(h, kernel, torch.from_numpy(bias).to(h.dtype), padding=1)


def forward(windows, weights, dtype, method="dft", stages=None):
    """(n, sample_rate) float32 windows -> embeddings (n, dimension) in ``dtype``.

    float64: the stored float32 parameters are promoted, everything is double ("truth");
    float32: every tensor is single precision, as in Keras.
    ``stages``: a dict that receives the spectrogram (band, frame) and the block outputs
    (band, frame, channel) of the first window; block4 is taken before the final pooling.
    """
    a = weights.architecture
    with torch.no_grad():
        decibels = mel_spectrogram(windows, a, weights.mel, dtype, method)
        h = batch_norm(torch.from_numpy(decibels[:, None]), weights.batch_norm[0])
        blocks = {}
        for i in range(8):
            h = convolution(h, weights.conv[i])
            if i < 7 or a.last_batch_norm == "used":
                h = torch.relu(batch_norm(h, weights.batch_norm[i + 1]))
            if i + 1 in a.pooling_after:
                h = F.max_pool2d(h, 2)      # an odd trailing row or column is dropped
            if i + 1 in a.pooling_after or i == 7:
                blocks["block%d" % (len(blocks) + 1)] = h
        if stages is not None:
            stages["melspec_db"] = decibels[0]
            stages.update({name: block[0].permute(1, 2, 0).numpy() for name, block in blocks.items()})
        # Keras flattens (height, width, channel)
        return F.max_pool2d(h, a.final_pooling).permute(0, 2, 3, 1).flatten(1).numpy()
