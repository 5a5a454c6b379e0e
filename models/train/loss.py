"""How far a student is from its teacher."""

import torch
import torch.nn.functional as F

from teacher import embedding


def relative_error(students, teachers):
    """Mean over windows of the squared distance of two embeddings by the teacher's squared length."""
    distance = (students - teachers).square().sum(dim=1)
    return (distance / teachers.square().sum(dim=1).clamp_min(1e-6)).mean()


def hint_errors(students, teachers, variances):
    """Mean squared error of each convolution's output by the variance of the teacher's."""
    return torch.stack([F.mse_loss(s, t) / v for s, t, v in zip(students, teachers, variances)])


def loss(students, teachers, variances, hints):
    """What is minimised: the embedding's error, and that of all eight outputs with weight ``hints``."""
    error = relative_error(embedding(students), embedding(teachers))
    return error + hints * hint_errors(students, teachers, variances).mean()
