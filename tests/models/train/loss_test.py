import unittest

import torch

import recipe  # noqa: F401
from loss import HINTS, hint_errors, loss, relative_errors, weights_of
from teacher import embedding


class Loss(unittest.TestCase):
    def setUp(self):
        generator = torch.Generator().manual_seed(1)
        self.teacher = [torch.rand(4, 8, 3, 3, generator=generator) for _ in range(8)]

    def test_errors_are_relative_to_the_teacher_window_by_window(self):
        self.assertEqual(loss(self.teacher, self.teacher).item(), 0)
        factors = torch.tensor([1, 2, 3, 0])[:, None, None, None]
        others = [factors * x for x in self.teacher]
        expected = torch.tensor([0.0, 1, 4, 1])
        torch.testing.assert_close(relative_errors(embedding(others), embedding(self.teacher)), expected)
        torch.testing.assert_close(hint_errors(others, self.teacher), expected[:, None].expand(4, 7))

    def test_windows_without_an_answer_are_finite(self):
        silent = [torch.zeros(4, 8, 3, 3) for _ in range(8)]
        self.assertEqual(loss(silent, silent).item(), 0)

    def test_a_window_counts_by_how_far_off_it_is(self):
        weights = weights_of(torch.tensor([0.01, 0.02, 0.03]))
        torch.testing.assert_close(weights, torch.tensor([0.5, 1, 1.5]))
        self.assertEqual(weights_of(torch.tensor([0.0] * 99 + [1.0])).max().item(), 4)

    def test_the_layers_count_beside_the_embedding(self):
        doubled = [2 * x for x in self.teacher]
        self.assertAlmostEqual(loss(doubled, self.teacher).item(), 1 + HINTS, places=5)


if __name__ == "__main__":
    unittest.main()
