"""The training loop. It keeps all of its state in one file, and goes on from there when it is started again."""

import json
import math
import pathlib
import time

import torch

from fitting import fit
from loss import hint_errors, loss
from mixing import mixed_batch
from pruning import prune, step_at, zeros_at
from student import Student
from teacher import embedding

#: Seconds between two checkpoints, and between two looks for new sounds.
CHECKPOINT_EVERY, LOOK_EVERY = 120, 20

#: Adam's learning rate after the first WARM_UP batches; it falls to zero along a cosine.
RATE, WARM_UP = 3e-3, 100


class Training:
    """``bank``: a Bank; ``options``: of the command, see train.py."""

    def __init__(self, bank, teacher, options, device):
        bank.take_in()
        self.bank, self.teacher, self.options, self.device = bank, teacher, options, device
        self.generator = torch.Generator(device)
        some = bank.maps[:: -(-len(bank.maps) // 3000)].float()
        self.student = Student(some.mean(), some.var()).to(device, memory_format=torch.channels_last)
        self.optimiser = torch.optim.Adam(self.student.parameters(), betas=(0.9, 0.99), eps=1e-10)
        self.done, self.first_zeros = 0, 0.0
        self.loss_of = torch.compile(self.eager_loss) if options.compile else self.eager_loss
        #: Half as many bits where the processor multiplies these faster; the weights themselves keep all of theirs.
        self.short = torch.autocast(device, dtype=torch.bfloat16, enabled=options.bfloat16)

    def batch(self, size):
        """Maps that depend on the seed and on how much was trained, and on what the bank holds by now."""
        self.generator.manual_seed(self.options.seed * 2**32 + self.done)
        return mixed_batch(self.bank.maps, size, self.generator).to(memory_format=torch.channels_last)

    def begin(self):
        """First weights: another training's, or fitted ones."""
        options = self.options
        if options.begin_with:
            self.student.load_state_dict(torch.load(options.begin_with, map_location=self.device)["student"])
            self.first_zeros = self.student.zeros()
        else:
            self.generator.manual_seed(options.seed)
            fit(self.student, self.teacher, self.bank.maps, options.fitting_windows, self.generator)

    def eager_loss(self, maps):
        return loss(self.student(maps), self.teacher(maps))

    def step(self):
        """One batch: teacher, student, weights."""
        options, before = self.options, self.done / self.options.samples
        rate = RATE * min(1, (self.done / options.batch + 1) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * before))
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        maps = self.batch(options.batch)
        with self.short:
            error = self.loss_of(maps)
        error.backward()
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.done += options.batch
        now = min(1, self.done / options.samples)
        if step_at(now) > step_at(before):
            with self.short:
                prune(self.student, maps, zeros_at(now, self.first_zeros, options.zeros))

    @torch.no_grad()
    def figures(self):
        """Agreement with the teacher on windows that were kept back."""
        maps = self.bank.held_out.to(self.device).float()[:, None].contiguous(memory_format=torch.channels_last)
        with self.short:
            students, teachers = self.student(maps), self.teacher(maps)
        cosine = torch.cosine_similarity(embedding(students).float(), embedding(teachers).float())
        return {"samples": self.done, "sounds": len(self.bank.maps), "cosine": round(cosine.mean().item(), 4),
                "cosine_5th_percentile": round(cosine.quantile(0.05).item(), 4),
                "hint_errors": [round(e, 4) for e in hint_errors(students, teachers).mean(dim=0).tolist()],
                "zeros": round(self.student.zeros(), 4)}

    def run(self, folder):
        """Trains to the end; returns the student."""
        path = pathlib.Path(folder) / "checkpoint.pt"
        if path.exists():
            self.restore(path)
        else:
            self.begin()
            self.save(path)
            print(json.dumps(self.figures()), flush=True)
        begin = saved = looked = time.monotonic()
        begun_at = self.done
        while self.done < self.options.samples:
            self.step()
            if time.monotonic() - looked > LOOK_EVERY:
                self.bank.take_in()
                looked = time.monotonic()
            if time.monotonic() - saved > CHECKPOINT_EVERY or self.done >= self.options.samples:
                self.save(path)
                saved = time.monotonic()
                rate = (self.done - begun_at) / (saved - begin)
                print(json.dumps({**self.figures(), "samples_per_second": round(rate, 1)}), flush=True)
        return self.student

    def save(self, path):
        unfinished = path.with_suffix(".part")
        torch.save({"student": self.student.state_dict(), "optimiser": self.optimiser.state_dict(),
                    "done": self.done, "first_zeros": self.first_zeros}, unfinished)
        unfinished.rename(path)

    def restore(self, path):
        state = torch.load(path, map_location=self.device)
        self.student.load_state_dict(state["student"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.done, self.first_zeros = state["done"], state["first_zeros"]
