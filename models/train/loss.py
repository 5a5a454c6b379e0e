"""How far a student is from its teacher."""

import torch

from teacher import embedding

#: Weight of the layers' answers beside the embedding.
HINTS = 0.2

#: The first layer keeps all of its weights and needs no hint; its output is the largest by far.
HINTED = slice(1, None)

#: A window counts by its embedding's error, and so many times the average window at most.
MOST = 4


def relative_errors(students, teachers):
    """(n,): squared distance of two arrays by the teacher's squared length, for each window.

    So a window in which the teacher answers weakly, as to diffuse noise, counts as much as any other.
    """
    axes = tuple(range(1, teachers.dim()))
    lengths = teachers.float().square().sum(dim=axes).clamp_min(1e-6)
    return (students - teachers).float().square().sum(dim=axes) / lengths


def hint_errors(students, teachers):
    """(n, 7): relative errors of the outputs of all convolutions but the first."""
    pairs = zip(students[HINTED], teachers[HINTED])
    return torch.stack([relative_errors(student, teacher) for student, teacher in pairs], dim=1)


def weights_of(errors):
    """How much each window counts, on average about 1: the more, the farther off the student is."""
    weights = errors.detach()
    return (weights / weights.mean().clamp_min(1e-12)).clamp_max(MOST)


def loss(students, teachers):
    """What is minimised: the embedding's error, and that of the outputs before with weight HINTS, over all windows."""
    errors = relative_errors(embedding(students), embedding(teachers))
    both = errors + HINTS * hint_errors(students, teachers).mean(dim=1)
    return (weights_of(errors) * both).mean()
