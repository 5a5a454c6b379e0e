import pathlib
import tempfile
import unittest
from types import SimpleNamespace

import numpy as np
import torch

import recipe
from examples import MAPS, as_input
from loss import loss
from teacher import Teacher
from training import Training


def new_training(samples):
    options = SimpleNamespace(samples=samples, batch=4, seed=3)
    maps = np.concatenate([MAPS] * 10).astype(np.float16)
    return Training(maps, Teacher(recipe.TEACHER, "cpu"), options, "cpu")


class TrainingTest(unittest.TestCase):
    def test_training_comes_nearer_to_the_teacher(self):
        training = new_training(2000)
        maps = as_input(MAPS)
        teachers = training.teacher(maps)
        before = loss(training.student(maps), teachers, training.variances, 1).item()
        while training.done < 160:      # before any weight is masked
            training.step()
        self.assertLess(loss(training.student.train()(maps), teachers, training.variances, 1).item(), 0.85 * before)

    def test_settled_statistics_are_those_of_the_sounds(self):
        training = new_training(2000)
        maps = as_input(MAPS)
        in_training = loss(training.student.train()(maps), training.teacher(maps), training.variances, 1).item()
        training.settle()
        settled = loss(training.student.eval()(maps), training.teacher(maps), training.variances, 1).item()
        self.assertAlmostEqual(settled, in_training, delta=0.2 * in_training)

    def test_a_run_that_was_cut_off_ends_the_same(self):
        cut_off = new_training(32)
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            whole = new_training(32).run(one)
            while cut_off.done < 12:
                cut_off.step()
            cut_off.save(pathlib.Path(other) / "checkpoint.pt")
            resumed = new_training(32).run(other)
        for expected, found in zip(whole.state_dict().values(), resumed.state_dict().values()):
            torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)


if __name__ == "__main__":
    unittest.main()
