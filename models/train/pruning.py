"""Gradual magnitude pruning: which weights are masked, and how many of them when."""

import torch

from reference import BATCH_NORM_EPSILON

#: Share of zeros of each convolution at the end, 90.2 % of all weights. The first has few weights; the widest hold
#: most of what is not needed.
ZEROS = (0, 0.76, 0.84, 0.85, 0.88, 0.93, 0.92, 0.92)

#: Parts of the training before and at the end of which the zeros grow.
BEGIN, END = 0.1, 0.5


def share(progress):
    """How much of the final zeros there are at a time between 0 and 1 (cubic: Zhu and Gupta, 2017)."""
    part = min(max((progress - BEGIN) / (END - BEGIN), 0), 1)
    return 1 - (1 - part) ** 3


def input_levels(outputs):
    """Root mean square of each input channel of each convolution, from the outputs of a network like it."""
    levels = [x.square().mean(dim=(0, 2, 3)).sqrt() for x in outputs[:-1]]
    return [torch.ones(1, device=levels[0].device), *levels]


@torch.no_grad()
def prune(student, levels, progress):
    """Masks the weights that matter least: their magnitude by their input's level and their BatchNorm's scale."""
    for convolution, level, zeros in zip(student.convolutions, levels, ZEROS):
        norm = convolution.norm
        scale = norm.weight.abs() / (norm.running_var + BATCH_NORM_EPSILON).sqrt()
        matter = convolution.weight.abs() * scale[:, None, None, None] * level[None, :, None, None]
        count = round(zeros * share(progress) * matter.numel())
        kept = torch.ones(matter.numel(), device=matter.device)
        kept[matter.flatten().argsort()[:count]] = 0
        convolution.mask.copy_(kept.reshape(matter.shape))
