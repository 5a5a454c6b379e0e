import unittest

import recipe  # noqa: F401
from student import Student


class StudentTest(unittest.TestCase):
    def test_masked_weights_count_as_zero_but_get_a_gradient_in_training(self):
        student = Student(-20, 300)
        layer = student.convolutions[0]
        layer.mask[3] = 0
        self.assertEqual(layer.kernel()[3].abs().max().item(), 0)
        layer.kernel().sum().backward()
        self.assertEqual(layer.weight.grad[3].min().item(), 1)


if __name__ == "__main__":
    unittest.main()
