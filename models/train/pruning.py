"""Which weights go, and when: the smallest, gradually (Zhu and Gupta, 2017)."""

#: Weights that each convolution keeps where nine tenths of all go. The first has few; the widest need the least.
KEPT = (1, 0.20, 0.22, 0.15, 0.12, 0.069, 0.08, 0.09)


def kept_weights(sizes, zeros):
    """How many weights each convolution keeps if at least ``zeros`` of all go: the first all, the others as in KEPT."""
    first, *others = (kept * size for kept, size in zip(KEPT, sizes))
    factor = ((1 - zeros) * sum(sizes) - first) / sum(others)
    return [round(first), *(min(int(factor * kept), size) for kept, size in zip(others, sizes[1:]))]


def zeros_at(progress, first, last, steps):
    """The share of zeros, from ``first`` at ``progress`` 0 to ``last`` at 1: first fast, then slower."""
    left = 1 - min(1, int(progress * steps) / steps)
    return last - (last - first) * left**3


def largest(sizes, kept):
    """Mask of the ``kept`` largest of ``sizes``, which are not negative; what is 0 does not stay in any case."""
    if kept == sizes.numel():
        return sizes >= 0
    return sizes > sizes.flatten().kthvalue(sizes.numel() - kept).values
