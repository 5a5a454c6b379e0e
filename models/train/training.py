"""The training loop. It keeps all of its state in one file, and goes on from there when it is started again."""

import json
import math
import pathlib
import time

import numpy as np
import torch

from fitting import fit
from loss import hint_errors, loss
from mixing import mixed_batch
from student import Student
from teacher import embedding

#: Seconds between two checkpoints, and windows kept back at most for the figures printed then.
CHECKPOINT_EVERY, HELD_OUT = 120, 600

#: Adam's learning rate after the first WARM_UP batches; it falls to zero along a cosine.
RATE, WARM_UP = 5e-4, 30


class Training:
    """``bank``: (n, 64, 50) float16 maps; ``options``: samples, batch, seed, zeros, fitting_windows, pruning_steps."""

    def __init__(self, bank, teacher, options, device):
        kept_back = min(HELD_OUT, len(bank) // 10)
        self.bank, self.held_out = bank[:-kept_back], bank[-kept_back:]
        self.teacher, self.options, self.device = teacher, options, device
        self.generator = torch.Generator().manual_seed(options.seed)
        some = self.bank[:: -(-len(self.bank) // 3000)].astype(np.float32)
        self.student = Student(some.mean(), some.var()).to(device, memory_format=torch.channels_last)
        self.optimiser = torch.optim.Adam(self.student.parameters(), betas=(0.9, 0.99), eps=1e-10)
        self.done = 0
        #: Half as many bits where the processor multiplies these faster; the weights themselves keep all of theirs.
        self.short = torch.autocast(device, dtype=torch.bfloat16, enabled=options.bfloat16)

    def to_device(self, maps):
        maps = torch.as_tensor(maps, dtype=torch.float32).reshape(-1, 1, *self.bank.shape[1:])
        return maps.to(self.device, memory_format=torch.channels_last)

    def fit(self):
        options = self.options
        fit(self.student, self.teacher, self.bank, options.zeros, options.fitting_windows, options.pruning_steps,
            self.generator, self.device)

    def step(self):
        """One batch: teacher, student, weights."""
        progress = self.done / self.options.samples
        warm = min(1, (self.done / self.options.batch + 1) / WARM_UP)
        for group in self.optimiser.param_groups:
            group["lr"] = RATE * warm * 0.5 * (1 + math.cos(math.pi * progress))
        maps = self.to_device(mixed_batch(self.bank, self.options.batch, self.generator))
        with self.short:
            students, teachers = self.student(maps), self.teacher(maps)
        loss(students, teachers).backward()
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.done += self.options.batch

    @torch.no_grad()
    def figures(self):
        """Agreement with the teacher on windows that were kept back."""
        maps = self.to_device(self.held_out)
        with self.short:
            students, teachers = self.student(maps), self.teacher(maps)
        cosine = torch.cosine_similarity(embedding(students).float(), embedding(teachers).float())
        return {"samples": self.done, "cosine": round(cosine.mean().item(), 4),
                "cosine_5th_percentile": round(cosine.quantile(0.05).item(), 4),
                "hint_errors": [round(e, 4) for e in hint_errors(students, teachers).mean(dim=0).tolist()],
                "zeros": round(self.student.zeros(), 4)}

    def run(self, folder):
        """Trains to the end; returns the student."""
        path = pathlib.Path(folder) / "checkpoint.pt"
        if path.exists():
            self.restore(path)
        else:
            self.fit()
            self.save(path)
            print(json.dumps(self.figures()), flush=True)
        begin, begun_at, saved = time.monotonic(), self.done, time.monotonic()
        while self.done < self.options.samples:
            self.step()
            if time.monotonic() - saved > CHECKPOINT_EVERY or self.done >= self.options.samples:
                self.save(path)
                saved = time.monotonic()
                rate = (self.done - begun_at) / (saved - begin)
                print(json.dumps({**self.figures(), "samples_per_second": round(rate, 1)}), flush=True)
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
