"""The student's first weights: random ones learn, layer by layer, what the teacher's layers answer (hints: Romero et
al., 2015).

A layer gets what the student's layers before it make of the sounds, and is to answer what the teacher's layer answers
to its own input; so it also makes up for the errors of those before.
"""

import numpy as np
from scipy.optimize import minimize_scalar
import torch
import torch.nn.functional as F

from mixing import mixed_batch
from teacher import pooled

#: Windows a layer learns from, in parts of all: early layers answer many times to each.
PARTS = (0.2, 0.2, 0.5, 0.5, 1, 1, 1, 1)

#: Steps of descent.
STEPS = 150

BATCH = 50

#: A window counts by one over the mean square of the teacher's answers to it, taken as this part of the batch's at least.
LEAST_POWER = 0.05

#: Weight decay, in parts of the inputs' mean square.
DECAY = 1e-6


def random_weights(convolution, generator):
    """(outputs, 9 inputs + 1): He et al. (2015); the last column is the bias, 0."""
    outputs, inputs = convolution.weight.shape[:2]
    weights = torch.zeros(outputs, 9 * inputs + 1, device=generator.device)
    weights[:, :-1].normal_(0, (2 / (9 * inputs)) ** 0.5, generator=generator)
    return weights


def patches(x):
    """(9 c + 1, positions): what the kernel sees at each position of (n, c, h, w), and a 1 for the bias."""
    columns = F.unfold(x, 3, padding=1).permute(1, 0, 2).flatten(1)
    return torch.cat([columns, columns.new_ones(1, columns.shape[1])])


def by_channel(x):
    """(c, positions) of (n, c, h, w)."""
    return x.transpose(0, 1).flatten(1)


def weights_of(answer):
    """(positions,): what each counts. All windows count about alike, also those in which the teacher answers weakly."""
    power = F.relu(answer).square().mean(dim=(1, 2, 3))
    weights = 1 / power.clamp_min(LEAST_POWER * power.mean())
    return (weights / weights.mean()).repeat_interleave(answer[0, 0].numel())


class Layer:
    """A convolution that learns. ``inputs``: student's batches; ``answers``: the teacher's; ``weights``: at first."""

    def __init__(self, inputs, answers, weights):
        self.inputs, self.answers = inputs, [by_channel(answer) for answer in answers]
        counts = [weights_of(answer) for answer in answers]
        self.products = sum((p * c @ p.T).double() for p, c in zip(map(patches, inputs), counts))
        self.targets = sum((a * c @ patches(x).T).double() for x, a, c in zip(inputs, self.answers, counts))
        self.weights = weights.to(self.targets)
        self.products.diagonal().add_(DECAY * self.products.diagonal().mean())

    def learn(self, steps):
        """Descends the squared error, by conjugate gradients, each output for itself."""
        scale = 1 / self.products.diagonal()
        rest = self.targets - self.weights @ self.products
        direction = rest * scale
        power = (rest * direction).sum(dim=1, keepdim=True)
        for _ in range(steps):
            change = direction @ self.products
            rate = power / (direction * change).sum(dim=1, keepdim=True).clamp_min(1e-300)
            self.weights += rate * direction
            rest -= rate * change
            before, power = power, (rest.square() * scale).sum(dim=1, keepdim=True)
            direction = rest * scale + power / before.clamp_min(1e-300) * direction

    def error(self):
        """Mean squared error of the answers, before the ReLU."""
        weights = self.weights.float()
        return float(np.mean([F.mse_loss(weights @ patches(x), a).item() for x, a in zip(self.inputs, self.answers)]))


def fit_mean(student, teacher, maps):
    """Finds the student's mean, with which its first layer can answer best at the map's border."""
    answers = [teacher.answer(0, teacher.normalised(m)) for m in maps]
    generator = torch.Generator(student.mean.device).manual_seed(0)

    def error(mean):
        student.mean.fill_(mean)
        layer = Layer([student.normalised(m) for m in maps], answers,
                      random_weights(student.convolutions[0], generator))
        layer.learn(STEPS)
        return layer.error()

    error(minimize_scalar(error, bounds=(-80, 0), method="bounded", options={"xatol": 1e-3}).x)


@torch.no_grad()
def fit(student, teacher, bank, windows, generator):
    """Gives ``student`` weights that learned from ``windows`` windows mixed out of the maps ``bank``."""
    maps = [mixed_batch(bank, BATCH, generator) for _ in range(-(-windows // BATCH))]
    fit_mean(student, teacher, maps[:2])
    students, teachers = [student.normalised(m) for m in maps], [teacher.normalised(m) for m in maps]
    for number, convolution in enumerate(student.convolutions):
        answers = [teacher.answer(number, x) for x in teachers]
        count = max(1, round(PARTS[number] * len(maps)))
        layer = Layer(students[:count], answers[:count], random_weights(convolution, generator))
        layer.learn(STEPS)
        convolution.weight.copy_(layer.weights[:, :-1].reshape(convolution.weight.shape))
        convolution.bias.copy_(layer.weights[:, -1])
        students = [F.relu(pooled(convolution(x), number)) for x in students]
        teachers = [pooled(F.relu(answer), number) for answer in answers]
        print("fitted convolution %d of %d" % (number + 1, len(student.convolutions)), flush=True)
