import unittest

import torch

import recipe  # noqa: F401
from pruning import kept_weights, largest
from student import Student

SIZES = [convolution.weight.numel() for convolution in Student(0, 1).convolutions]


class Pruning(unittest.TestCase):
    def test_as_many_weights_stay_as_shall(self):
        for zeros in (0.5, 0.9, 0.97):
            kept = kept_weights(SIZES, zeros)
            self.assertEqual(kept[0], SIZES[0])
            self.assertTrue(all(0 < k <= size for k, size in zip(kept, SIZES)))
            self.assertGreaterEqual(1 - sum(kept) / sum(SIZES), zeros)
        self.assertLess(1 - sum(kept_weights(SIZES, 0.9)) / sum(SIZES), 0.9001)

    def test_the_largest_stay(self):
        sizes = torch.tensor([[0.5, 3, 0], [2, 1, 0]])
        for kept, expected in ((0, []), (1, [3]), (3, [1, 2, 3]), (4, [0.5, 1, 2, 3]), (5, [0.5, 1, 2, 3])):
            self.assertEqual(sizes[largest(sizes, kept)].sort().values.tolist(), expected)
        self.assertTrue(largest(sizes, 6).all())


if __name__ == "__main__":
    unittest.main()
