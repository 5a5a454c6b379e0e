"""Muon (Keller Jordan, 2024) for the convolutions, AdamW for the scales and shifts of their BatchNorms.

Muon brings all directions of a gradient to the same length. Here it learned in 3,000 windows more than AdamW in
6,000.
"""

import torch

#: Peak learning rates: of a convolution's weights in parts of their norm, and of scales and shifts.
WEIGHT_RATE, NORM_RATE = 0.012, 0.003
MOMENTUM = 0.95

#: Keeps a gradient of zeros from being divided by zero.
TINY = 1e-30


def orthogonalised(matrix, steps=5):
    """The matrix with its singular values brought near 1 by a Newton-Schulz iteration (Muon's coefficients)."""
    x = matrix / matrix.norm().clamp_min(TINY)
    x = x.T if len(x) > x.shape[1] else x
    for _ in range(steps):
        product = x @ x.T
        x = 3.4445 * x + (-4.7750 * product + 2.0315 * product @ product) @ x
    return x.T if len(matrix) > matrix.shape[1] else x


class Optimiser:
    """``step(factor)`` moves a student's parameters by its gradients, with the peak rates times ``factor``."""

    def __init__(self, student):
        self.convolutions = student.convolutions
        self.momenta = [torch.zeros_like(c.weight) for c in student.convolutions]
        self.adam = torch.optim.AdamW([p for c in student.convolutions for p in c.norm.parameters()],
                                      betas=(0.9, 0.98), weight_decay=0)

    @torch.no_grad()
    def step(self, factor):
        for convolution, momentum in zip(self.convolutions, self.momenta):
            weight = convolution.weight
            momentum.mul_(MOMENTUM).add_(weight.grad)
            ahead = (weight.grad + MOMENTUM * momentum).flatten(1)
            # Once the masks stay, only what they leave moves, and by its own norm.
            live = torch.ones_like(weight) if convolution.training else convolution.mask
            update = orthogonalised(ahead).reshape(weight.shape) * live
            norm = (weight * live).norm()
            weight -= WEIGHT_RATE * factor * norm / update.norm().clamp_min(TINY) * update
            if convolution.training:
                # BatchNorm undoes any factor. Without this one, the norm grows and the gradient vanishes.
                weight *= norm / weight.norm()
            weight.grad = None
        for group in self.adam.param_groups:
            group["lr"] = NORM_RATE * factor
        self.adam.step()
        self.adam.zero_grad()

    def state_dict(self):
        return {"momenta": self.momenta, "adam": self.adam.state_dict()}

    def load_state_dict(self, state):
        for momentum, saved in zip(self.momenta, state["momenta"]):
            momentum.copy_(saved)
        self.adam.load_state_dict(state["adam"])
