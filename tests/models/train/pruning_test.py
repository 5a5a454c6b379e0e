import unittest

import torch

import recipe  # noqa: F401
from examples import MAPS, as_input
from pruning import STEPS, UNTIL, kept_weights, largest, prune, step_at, zeros_at
from student import Student

SIZES = [convolution.weight.numel() for convolution in Student(0, 1).convolutions]


def random_student():
    student, generator = Student(-20, 300), torch.Generator().manual_seed(1)
    with torch.no_grad():
        for convolution in student.convolutions:
            convolution.bias.fill_(0.1)
            convolution.weight.normal_(0, (2 / convolution.weight[0].numel()) ** 0.5, generator=generator)
    return student


class Schedule(unittest.TestCase):
    def test_zeros_grow_fast_at_first_and_reach_their_share_before_the_end(self):
        self.assertAlmostEqual(zeros_at(0, 0.2, 0.8), 0.2)
        self.assertAlmostEqual(zeros_at(UNTIL / 2, 0, 0.8), 0.7)
        for progress in (UNTIL, 0.9, 1):
            self.assertEqual(zeros_at(progress, 0.2, 0.8), 0.8)

    def test_the_last_step_is_taken_where_pruning_ends(self):
        self.assertEqual([step_at(UNTIL * part) for part in (0, 0.5, 1, 1.5)], [0, STEPS // 2, STEPS, STEPS])


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

    def test_the_smallest_weights_go_first_measured_by_what_they_do_to_their_input(self):
        student = random_student()
        first, second, *_ = student.convolutions
        with torch.no_grad():
            first.weight[:16] *= 0.01           # a weak input, whose weights are made as much larger
            first.bias[:16] *= 0.01
            second.weight[:, :16] *= 100
        before = second.weight.clone()
        prune(student, as_input(MAPS), 0.9)
        self.assertAlmostEqual(student.zeros(), 0.9, delta=1e-3)
        self.assertTrue(first.mask.all())
        weak, strong = second.mask[:, :16].sum(), second.mask[:, 16:].sum()
        self.assertTrue(0.2 < weak / strong < 5, (weak, strong))
        self.assertGreater(before[:, 16:][second.mask[:, 16:] == 1].abs().mean(),
                           1.5 * before[:, 16:][second.mask[:, 16:] == 0].abs().mean())

    def test_what_went_stays_away(self):
        student = random_student()
        prune(student, as_input(MAPS), 0.8)
        gone = [convolution.mask == 0 for convolution in student.convolutions]
        prune(student, as_input(MAPS), 0.9)
        for convolution, mask in zip(student.convolutions, gone):
            self.assertEqual(convolution.mask[mask].sum(), 0)


if __name__ == "__main__":
    unittest.main()
