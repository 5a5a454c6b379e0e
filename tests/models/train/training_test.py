import copy
import pathlib
import tempfile
import unittest
from types import SimpleNamespace

import torch

import recipe
from examples import BANK, MAPS, as_input
from loss import loss
from teacher import Teacher
from training import Training


class SomeSounds:
    """All that the training wants of a bank."""

    def __init__(self):
        self.maps, self.held_out = torch.cat([BANK] * 10), BANK

    def take_in(self):
        pass


def new_training(samples, **others):
    options = SimpleNamespace(samples=samples, batch=4, seed=3, zeros=0.9, fitting_windows=50, begin_with=None,
                              compile=False, bfloat16=False, **others)
    return Training(SomeSounds(), Teacher(recipe.TEACHER, "cpu"), options, "cpu")


def error(training, student):
    maps = as_input(MAPS)
    with torch.no_grad():
        return loss(student(maps), training.teacher(maps)).item()


class TrainingTest(unittest.TestCase):
    def test_weights_go_until_half_time_and_the_others_come_nearer(self):
        training = new_training(800)
        training.begin()
        self.assertEqual(training.student.zeros(), 0)
        while training.done < 400:
            training.step()
        self.assertAlmostEqual(training.student.zeros(), 0.9, delta=1e-3)
        pruned = copy.deepcopy(training.student)
        while training.done < 800:
            training.step()
        self.assertEqual(training.student.zeros(), pruned.zeros())
        self.assertLess(error(training, training.student), 0.9 * error(training, pruned))

    def test_a_training_can_begin_with_another(self):
        first = new_training(40)
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            first.run(one)
            sparser = new_training(80)
            sparser.options.begin_with, sparser.options.zeros = pathlib.Path(one) / "checkpoint.pt", 0.95
            sparser.begin()
            self.assertEqual(error(sparser, sparser.student), error(sparser, first.student))
            sparser.step()
            self.assertTrue(first.student.zeros() <= sparser.student.zeros() < 0.95)
            self.assertAlmostEqual(sparser.run(other).zeros(), 0.95, delta=1e-3)

    def test_a_run_that_was_cut_off_ends_the_same(self):
        cut_off = new_training(32)
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            whole = new_training(32).run(one)
            cut_off.begin()
            while cut_off.done < 12:
                cut_off.step()
            cut_off.save(pathlib.Path(other) / "checkpoint.pt")
            resumed = new_training(32).run(other)
        for expected, found in zip(whole.state_dict().values(), resumed.state_dict().values()):
            torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)


if __name__ == "__main__":
    unittest.main()
