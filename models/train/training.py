"""The training loop. It keeps all of its state in one file, and goes on from there when it is started again."""

import json
import math
import pathlib
import time

import numpy as np
import torch

from loss import hint_errors, loss
from mixing import mixed_batch
from optimiser import Optimiser
from pruning import END, input_levels, prune
from student import Student
from teacher import embedding

#: Seconds between two checkpoints, and windows kept back at most for the figures printed then.
CHECKPOINT_EVERY, HELD_OUT = 120, 600

#: Batches whose mean statistics the network ends with.
SETTLING_BATCHES = 50


class Training:
    """``bank``: (n, 64, 50) float16 maps; ``options``: samples, batch, seed."""

    def __init__(self, bank, teacher, options, device):
        kept_back = min(HELD_OUT, len(bank) // 10)
        self.bank, self.held_out = bank[:-kept_back], bank[-kept_back:]
        self.teacher, self.options, self.device = teacher, options, device
        torch.manual_seed(options.seed)
        self.generator = torch.Generator().manual_seed(options.seed)
        some = self.bank[:: -(-len(self.bank) // 3000)].astype(np.float32)
        self.student = Student(some.mean(), some.var()).to(device, memory_format=torch.channels_last)
        self.optimiser = Optimiser(self.student)
        outputs = teacher(self.to_device(self.held_out))
        self.levels, self.variances = input_levels(outputs), [x.var() for x in outputs]
        self.done = 0

    def to_device(self, maps):
        maps = torch.as_tensor(maps, dtype=torch.float32).reshape(-1, 1, *self.bank.shape[1:])
        return maps.to(self.device, memory_format=torch.channels_last)

    def step(self):
        """One batch: teacher, student, weights, masks."""
        options = self.options
        progress = self.done / options.samples
        warm = min(1, (self.done / options.batch + 1) / 50)
        maps = self.to_device(mixed_batch(self.bank, options.batch, self.generator))
        # Once the masks stay, the statistics do too: a batch's own would be noise.
        self.student.train(progress < END)
        # Hints show each layer its task; at the end only the embedding counts.
        hints = 1 if progress < END else 0.2
        error = loss(self.student(maps), self.teacher(maps), self.variances, hints)
        error.backward()
        self.optimiser.step(warm * 0.5 * (1 + math.cos(math.pi * progress)))
        self.done += options.batch
        after = self.done / options.samples
        if progress < END and (self.done // options.batch % 25 == 0 or after >= END):
            prune(self.student, self.levels, after)
        if progress < END <= after:
            self.settle()

    @torch.no_grad()
    def settle(self):
        """BatchNorm's statistics, from now on constants, over many batches instead of the last ones."""
        for convolution in self.student.convolutions:
            convolution.norm.reset_running_stats()
            convolution.norm.momentum = None        # a plain mean
        for _ in range(SETTLING_BATCHES):
            self.student(self.to_device(mixed_batch(self.bank, self.options.batch, self.generator)))

    @torch.no_grad()
    def figures(self):
        """Agreement with the teacher on windows that were kept back."""
        self.student.eval()
        maps = self.to_device(self.held_out)
        students, teachers = self.student(maps), self.teacher(maps)
        cosine = torch.cosine_similarity(embedding(students), embedding(teachers))
        weights = torch.cat([c.mask.flatten() for c in self.student.convolutions])
        return {"samples": self.done, "cosine": round(cosine.mean().item(), 4),
                "cosine_5th_percentile": round(cosine.quantile(0.05).item(), 4),
                "hint_errors": [round(e, 3) for e in hint_errors(students, teachers, self.variances).tolist()],
                "zeros": round(1 - weights.mean().item(), 4)}

    def run(self, folder):
        """Trains to the end; returns the student."""
        path = pathlib.Path(folder) / "checkpoint.pt"
        if path.exists():
            self.restore(path)
        begin, begun_at, saved = time.monotonic(), self.done, time.monotonic()
        while self.done < self.options.samples:
            self.step()
            if time.monotonic() - saved > CHECKPOINT_EVERY or self.done >= self.options.samples:
                self.save(path)
                saved = time.monotonic()
                rate = (self.done - begun_at) / (saved - begin)
                print(json.dumps({**self.figures(), "samples_per_second": round(rate, 1)}), flush=True)
        self.student.eval()
        return self.student

    def save(self, path):
        unfinished = path.with_suffix(".part")
        torch.save({"student": self.student.state_dict(), "optimiser": self.optimiser.state_dict(),
                    "generator": self.generator.get_state(), "done": self.done}, unfinished)
        unfinished.rename(path)

    def restore(self, path):
        state = torch.load(path, map_location=self.device)
        self.student.load_state_dict(state["student"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.generator.set_state(state["generator"].cpu())
        self.done = state["done"]
