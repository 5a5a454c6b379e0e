import unittest

import numpy as np
import torch

import recipe  # noqa: F401
from pruning import END, ZEROS, input_levels, prune, share
from student import Student


class Pruning(unittest.TestCase):
    def test_zeros_grow_from_none_to_all(self):
        shares = [share(progress) for progress in np.linspace(0, 1, 50)]
        self.assertEqual((shares[0], shares[-1]), (0, 1))
        self.assertEqual(shares, sorted(shares))

    def test_at_the_end_nine_tenths_of_the_weights_are_zero(self):
        student = Student(-20, 300)
        prune(student, [torch.ones(1)] * 8, END)
        masks = [c.mask for c in student.convolutions]
        for mask, zeros in zip(masks, ZEROS):
            self.assertAlmostEqual((1 - mask.mean()).item(), zeros, delta=1 / mask.numel())
        self.assertGreaterEqual(1 - torch.cat([m.flatten() for m in masks]).mean().item(), 0.9)

    def test_the_least_weights_go_by_what_they_contribute(self):
        student = Student(-20, 300)
        levels = [torch.ones(c.weight.shape[1]) for c in student.convolutions]
        levels[1][5] = 1e-6         # hardly anything comes in here
        student.convolutions[1].norm.weight.data[7] = 1e-6      # hardly anything gets out here
        prune(student, levels, 0.5)
        mask = student.convolutions[1].mask
        self.assertEqual(mask[:, 5].sum() + mask[7].sum(), 0)
        first = student.convolutions[2]
        kept, gone = (first.weight[first.mask == value].abs() for value in (1, 0))
        self.assertLessEqual(gone.max().item(), kept.min().item())

    def test_levels_are_those_of_the_channels(self):
        outputs = [torch.full((2, 3, 4, 4), 2.0), torch.zeros(2, 5, 2, 2)]
        one, level = input_levels(outputs)
        torch.testing.assert_close(one, torch.ones(1))
        torch.testing.assert_close(level, torch.full((3,), 2.0))


if __name__ == "__main__":
    unittest.main()
