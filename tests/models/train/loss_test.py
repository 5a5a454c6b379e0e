import unittest

import torch

import recipe  # noqa: F401
from loss import hint_errors, loss, relative_error
from teacher import embedding


class Loss(unittest.TestCase):
    def test_errors_are_relative_to_the_teacher(self):
        teacher = [torch.rand(4, 8, 3, 3) for _ in range(8)]
        self.assertEqual(loss(teacher, teacher, [1] * 8, 1).item(), 0)
        doubled = [2 * x for x in teacher]
        self.assertAlmostEqual(relative_error(embedding(doubled), embedding(teacher)).item(), 1, places=5)
        variances = [x.var() for x in teacher]
        expected = torch.stack([x.square().mean() / v for x, v in zip(teacher, variances)])
        torch.testing.assert_close(hint_errors(doubled, teacher, variances), expected)


if __name__ == "__main__":
    unittest.main()
