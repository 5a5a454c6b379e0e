import unittest

import torch

import recipe  # noqa: F401
from student import MaskedConvolution, Student


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

    def test_the_smallest_weights_go_measured_by_what_they_do_to_their_input(self):
        layer = MaskedConvolution(2, 1)
        torch.nn.init.constant_(layer.weight, 1)
        layer.weight.data[0, 0] = torch.arange(1, 10).reshape(3, 3)
        layer.strength[0, 1] = 5.5
        layer.prune(8)
        self.assertEqual(layer.mask[0, 0].flatten().tolist(), [0, 0, 0, 0, 0, 1, 1, 1, 1])
        layer.prune(2)
        self.assertEqual(layer.mask.nonzero().tolist(), [[0, 0, 2, 1], [0, 0, 2, 2]])
        layer.weight.data[0, 1] = 100
        layer.prune(2)
        self.assertEqual(layer.mask.sum(), 2, "what went does not come back")

    def test_pruning_leaves_the_share_that_it_shall(self):
        student = Student(-20, 300)
        for convolution in student.convolutions:
            convolution.weight.data.normal_(generator=torch.Generator().manual_seed(1))
        for zeros in (0.8, 0.9):
            student.prune(zeros)
            self.assertAlmostEqual(student.zeros(), zeros, delta=1e-4)
            self.assertGreaterEqual(student.zeros(), zeros)
        self.assertTrue(student.convolutions[0].mask.all())

    def test_zeros_are_a_share_of_all_weights(self):
        student = Student(-20, 300)
        self.assertEqual(student.zeros(), 0)
        student.convolutions[5].mask.zero_()
        sizes = [convolution.mask.numel() for convolution in student.convolutions]
        self.assertAlmostEqual(student.zeros(), sizes[5] / sum(sizes), places=6)


if __name__ == "__main__":
    unittest.main()
