"""The student's first weights, by least squares on the teacher's answers, layer by layer, nine tenths of them zero.

A layer gets what the student's layers before it make of the sounds, and is to answer what the teacher's layer answers
to its own input; so it also makes up for the errors of those before. Its weights go in steps, those first whose loss
raises the error least when all others adapt (optimal brain surgeon: Hassibi and Stork, 1993).
"""

import numpy as np
from scipy.optimize import minimize_scalar
import torch
import torch.nn.functional as F

from mixing import mixed_batch
from teacher import pooled

#: Weights that each convolution keeps where nine tenths of all go. The first has few; the widest need the least.
KEPT = (1, 0.24, 0.18, 0.15, 0.12, 0.069, 0.08, 0.09)

#: Windows a layer is fitted to, in parts of all: early layers answer many times to each.
PARTS = (0.2, 0.2, 0.5, 0.5, 1, 1, 1, 1)

#: Times that the answers are adapted to the ReLU after the last weight went.
ADAPTATIONS = 3

BATCH = 50

#: Part of the mean of the equations' diagonal that is added to it: inputs that are always alike stay solvable.
RIDGE = 1e-6


def kept_weights(sizes, zeros):
    """How many weights each convolution keeps if at least ``zeros`` of all go: the first all, the others as in KEPT."""
    first, *others = (kept * size for kept, size in zip(KEPT, sizes))
    factor = ((1 - zeros) * sum(sizes) - first) / sum(others)
    return [round(first), *(min(int(factor * kept), size) for kept, size in zip(others, sizes[1:]))]


def patches(x):
    """(9 c + 1, positions): what the kernel sees at each position of (n, c, h, w), and a 1 for the bias."""
    columns = F.unfold(x, 3, padding=1).permute(1, 0, 2).flatten(1)
    return torch.cat([columns, columns.new_ones(1, columns.shape[1])])


def by_channel(x):
    """(c, positions) of (n, c, h, w)."""
    return x.transpose(0, 1).flatten(1)


class Layer:
    """The normal equations of one convolution. ``inputs``: student's batches; ``answers``: the teacher's to them."""

    def __init__(self, inputs, answers):
        self.inputs, self.answers = inputs, [by_channel(answer) for answer in answers]
        self.products = sum((p @ p.T).double() for p in map(patches, inputs))
        self.products += torch.eye(len(self.products)).to(self.products) * self.products.diagonal().mean() * RIDGE
        self.targets = sum((a @ patches(x).T).double() for x, a in zip(inputs, self.answers))
        self.mask = torch.ones_like(self.targets, dtype=torch.bool)
        self.solve()

    def solve(self):
        """Least squares over the weights that are left. ``losses``: by how much the error grows without each."""
        self.weights = torch.zeros_like(self.targets)
        self.losses = torch.zeros_like(self.targets)
        shared = torch.linalg.inv(self.products) if self.mask.all() else None
        for row, mask in enumerate(self.mask):
            left = mask.nonzero().flatten()
            inverse = shared
            if shared is None:
                inverse = torch.cholesky_inverse(torch.linalg.cholesky(self.products[left][:, left]))
            weights = inverse @ self.targets[row, left]
            self.weights[row, left] = weights
            self.losses[row, left] = weights.square() / inverse.diagonal()

    def adapt(self):
        """Below zero any answer is as good: where the teacher's is, the student's own is what it should answer."""
        weights = self.weights.float()
        self.targets = torch.zeros_like(self.targets)
        for x, answer in zip(self.inputs, self.answers):
            p = patches(x)
            own = (weights @ p).clamp_max(0)
            self.targets += (torch.where(answer > 0, answer, own) @ p.T).double()
        self.solve()

    def prune(self, kept):
        """Leaves ``kept`` weights; biases stay."""
        losses = self.losses.clone()
        losses[:, -1] = torch.inf
        losses[~self.mask] = -1
        count = losses[:, :-1].numel() - kept
        self.mask.view(-1)[losses.flatten().argsort()[:count]] = False
        self.solve()

    def error(self):
        """Mean squared error of the answers, before the ReLU."""
        weights = self.weights.float()
        return float(np.mean([F.mse_loss(weights @ patches(x), a).item() for x, a in zip(self.inputs, self.answers)]))


def fit_mean(student, teacher, maps):
    """Finds the student's mean, with which its first layer can answer best at the map's border."""
    answers = [teacher.answer(0, teacher.normalised(m)) for m in maps]

    def error(mean):
        student.mean.fill_(mean)
        return Layer([student.normalised(m) for m in maps], answers).error()

    error(minimize_scalar(error, bounds=(-80, 0), method="bounded", options={"xatol": 1e-3}).x)


@torch.no_grad()
def fit(student, teacher, bank, zeros, windows, steps, generator, device):
    """Gives ``student`` weights fitted to ``windows`` windows mixed out of ``bank``."""
    maps = [torch.as_tensor(mixed_batch(bank, BATCH, generator), device=device) for _ in range(-(-windows // BATCH))]
    fit_mean(student, teacher, maps[:2])
    students, teachers = [student.normalised(m) for m in maps], [teacher.normalised(m) for m in maps]
    sizes = [convolution.weight.numel() for convolution in student.convolutions]
    for number, (convolution, kept) in enumerate(zip(student.convolutions, kept_weights(sizes, zeros))):
        answers = [teacher.answer(number, x) for x in teachers]
        count = max(1, round(PARTS[number] * len(maps)))
        layer = Layer(students[:count], answers[:count])
        for step in range(1, steps + 1):
            layer.prune(round(sizes[number] * (kept / sizes[number]) ** (step / steps)))
            if step % 2 == 0:
                layer.adapt()
        for _ in range(ADAPTATIONS):
            layer.adapt()
        convolution.weight.copy_(layer.weights[:, :-1].reshape(convolution.weight.shape))
        convolution.mask.copy_(layer.mask[:, :-1].reshape(convolution.mask.shape))
        convolution.bias.copy_(layer.weights[:, -1])
        students = [pooled(convolution(x), number) for x in students]
        teachers = [pooled(F.relu(answer), number) for answer in answers]
        print("fitted convolution %d of %d" % (number + 1, len(sizes)), flush=True)
