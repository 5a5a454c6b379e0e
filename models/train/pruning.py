"""Which weights go."""

#: Weights that each convolution keeps where nine tenths of all go. The first has few; the widest needs the least; the
#: last has few, too, and without them its error is the largest.
KEPT = (1, 0.17, 0.21, 0.125, 0.112, 0.060, 0.092, 0.19)


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
