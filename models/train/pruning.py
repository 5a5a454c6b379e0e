"""Which weights go, and when."""

import torch

#: Weights that each convolution keeps where nine tenths of all go. The first has few; the widest needs the least; the
#: last has few, too, and without them its error is the largest.
KEPT = (1, 0.17, 0.21, 0.125, 0.112, 0.060, 0.092, 0.19)

#: The part of the training after which no more weights go, and in how many steps they go until then.
UNTIL, STEPS = 0.5, 250


def zeros_at(progress, first, last):
    """The share of zeros, ``first`` at the beginning: many go early, and ever fewer later (Zhu and Gupta, 2017)."""
    left = 1 - min(1, progress / UNTIL)
    return last + (first - last) * left ** 3


def step_at(progress):
    """Number of the step of pruning that a part of the training has come to."""
    return int(min(1, progress / UNTIL) * STEPS)


def kept_weights(sizes, zeros):
    """How many weights each convolution keeps if at least ``zeros`` of all go: the first all, the others as in KEPT."""
    first, *others = (kept * size for kept, size in zip(KEPT, sizes))
    factor = ((1 - zeros) * sum(sizes) - first) / sum(others)
    return [round(first), *(min(int(factor * kept), size) for kept, size in zip(others, sizes[1:]))]


def largest(sizes, kept):
    """Mask of the ``kept`` largest of ``sizes``, which are not negative; what is 0 does not stay in any case."""
    if kept == sizes.numel():
        return sizes >= 0
    return sizes > sizes.flatten().kthvalue(sizes.numel() - kept).values


@torch.no_grad()
def prune(student, maps, zeros):
    """Leaves the weights that would be the largest if all inputs of a convolution were equally strong on ``maps``."""
    inputs = [student.normalised(maps), *student(maps)[:-1]]
    sizes = [convolution.weight.numel() for convolution in student.convolutions]
    for convolution, x, kept in zip(student.convolutions, inputs, kept_weights(sizes, zeros)):
        strength = x.float().square().mean(dim=(0, 2, 3)).sqrt()[:, None, None]
        convolution.mask.copy_(largest(convolution.kernel().abs() * strength, kept))
