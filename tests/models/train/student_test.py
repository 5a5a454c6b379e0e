import unittest

import torch

import recipe  # noqa: F401
from student import Student


class StudentTest(unittest.TestCase):
    def test_masked_weights_count_as_zero_and_get_no_gradient(self):
        student = Student(-20, 300)
        layer = student.convolutions[1]
        torch.nn.init.ones_(layer.weight)
        layer.mask[3] = 0
        self.assertEqual(layer.kernel()[3].abs().max().item(), 0)
        layer.kernel().sum().backward()
        self.assertEqual(layer.weight.grad[3].abs().max().item(), 0)
        self.assertEqual(layer.weight.grad[2].min().item(), 1)

    def test_zeros_are_a_share_of_all_weights(self):
        student = Student(-20, 300)
        self.assertEqual(student.zeros(), 0)
        student.convolutions[5].mask.zero_()
        sizes = [convolution.mask.numel() for convolution in student.convolutions]
        self.assertAlmostEqual(student.zeros(), sizes[5] / sum(sizes), places=6)


if __name__ == "__main__":
    unittest.main()
