import copy
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
    options = SimpleNamespace(samples=samples, batch=4, seed=3, zeros=0.9, fitting_windows=50, pruning_steps=1,
                              bfloat16=False)
    maps = np.concatenate([MAPS] * 10).astype(np.float16)
    return Training(maps, Teacher(recipe.TEACHER, "cpu"), options, "cpu")


class TrainingTest(unittest.TestCase):
    def test_training_comes_nearer_with_the_weights_that_the_fitting_left(self):
        training = new_training(1600)
        training.fit()
        self.assertAlmostEqual(training.student.zeros(), 0.9, delta=1e-3)
        fitted = copy.deepcopy(training.student)
        while training.done < 1600:
            training.step()
        self.assertEqual(training.student.zeros(), fitted.zeros())
        maps = as_input(MAPS)
        teachers = training.teacher(maps)
        trained, untrained = (loss(student(maps), teachers).item() for student in (training.student, fitted))
        self.assertLess(trained, 0.9 * untrained)

    def test_a_run_that_was_cut_off_ends_the_same(self):
        cut_off = new_training(32)
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            whole = new_training(32).run(one)
            cut_off.fit()
            while cut_off.done < 12:
                cut_off.step()
            cut_off.save(pathlib.Path(other) / "checkpoint.pt")
            resumed = new_training(32).run(other)
        for expected, found in zip(whole.state_dict().values(), resumed.state_dict().values()):
            torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)


if __name__ == "__main__":
    unittest.main()
