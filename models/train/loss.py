"""How far a student is from its teacher."""

import torch

from teacher import embedding


def relative_error(students, teachers):
    """Mean over windows of the squared distance of two embeddings by the teacher's squared length."""
    distance = (students - teachers).square().sum(dim=1)
    return (distance / teachers.square().sum(dim=1).clamp_min(1e-6)).mean()


def hint_errors(students, teachers):
    """Mean squared error of each convolution's output by the teacher's variance there."""
    return torch.stack([(s - t).square().mean() / t.var().clamp_min(1e-6) for s, t in zip(students, teachers)])


def loss(students, teachers, hints):
    """What is minimised: the embedding's error, and that of all eight outputs with weight ``hints``."""
    error = relative_error(embedding(students), embedding(teachers))
    return error + hints * hint_errors(students, teachers).mean()
