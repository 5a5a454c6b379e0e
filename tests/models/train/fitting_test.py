import unittest

import numpy as np
import torch

import recipe
from examples import MAPS, as_input
from fitting import Layer, fit, kept_weights
from loss import hint_errors
from student import Student
from teacher import Teacher

SIZES = [convolution.weight.numel() for convolution in Student(0, 1).convolutions]


def new_layer():
    """Two batches of noise, and the answers of a convolution to them with noise of their own."""
    generator = torch.Generator().manual_seed(1)
    inputs = [torch.randn(4, 3, 6, 5, generator=generator) for _ in range(2)]
    weight = torch.randn(4, 3, 3, 3, generator=generator)
    bias = torch.randn(4, generator=generator)
    answers = [torch.nn.functional.conv2d(x, weight, bias, padding=1) for x in inputs]
    noisy = [a + 0.1 * torch.randn(a.shape, generator=generator) for a in answers]
    return Layer(inputs, answers), Layer(inputs, noisy), torch.cat([weight.flatten(1), bias[:, None]], dim=1)


def error_after_relu(layer):
    errors = []
    for x, answer in zip(layer.inputs, layer.answers):
        kernel = layer.weights.float()
        own = torch.nn.functional.conv2d(x, kernel[:, :-1].reshape(4, 3, 3, 3), kernel[:, -1], padding=1)
        errors.append((own.relu().transpose(0, 1).flatten(1) - answer.relu()).square().mean())
    return torch.stack(errors).mean().item()


class LayerTest(unittest.TestCase):
    def test_a_convolution_is_found_by_its_answers(self):
        layer, _, weights = new_layer()
        torch.testing.assert_close(layer.weights.float(), weights, rtol=1e-3, atol=1e-3)
        self.assertLess(layer.error(), 1e-6)

    def test_the_weight_that_goes_first_is_the_one_that_is_missed_least(self):
        _, layer, _ = new_layer()
        least = []
        for row in range(len(layer.mask)):
            for column in range(layer.mask.shape[1] - 1):
                layer.mask[row, column] = False
                layer.solve()
                least.append((layer.error(), row, column))
                layer.mask[row, column] = True
        layer.solve()
        layer.prune(layer.mask[:, :-1].numel() - 1)
        self.assertEqual((~layer.mask).nonzero().tolist(), [list(min(least)[1:])])

    def test_what_is_left_is_counted_and_solves_its_equations(self):
        _, layer, _ = new_layer()
        layer.prune(50)
        layer.prune(11)
        self.assertEqual(layer.mask[:, :-1].sum(), 11)
        self.assertTrue(layer.mask[:, -1].all())
        self.assertEqual(layer.weights[~layer.mask].abs().max(), 0)
        rest = layer.weights @ layer.products - layer.targets
        self.assertLess(rest[layer.mask].abs().max().item(), 1e-6 * layer.targets.abs().max().item())

    def test_adapting_to_the_relu_comes_nearer(self):
        _, layer, _ = new_layer()
        layer.prune(20)
        before = error_after_relu(layer)
        layer.adapt()
        self.assertLess(error_after_relu(layer), before)


class Fit(unittest.TestCase):
    def test_as_many_weights_stay_as_shall(self):
        for zeros in (0.5, 0.9, 0.97):
            kept = kept_weights(SIZES, zeros)
            self.assertEqual(kept[0], SIZES[0])
            self.assertTrue(all(0 < k <= size for k, size in zip(kept, SIZES)))
            self.assertGreaterEqual(1 - sum(kept) / sum(SIZES), zeros)
        self.assertLess(1 - sum(kept_weights(SIZES, 0.9)) / sum(SIZES), 0.9001)

    def test_a_student_answers_nearly_as_its_teacher(self):
        teacher, student = Teacher(recipe.TEACHER, "cpu"), Student(-20, 300)
        bank = np.concatenate([MAPS] * 10).astype(np.float16)
        fit(student, teacher, bank, 0.9, 100, 1, torch.Generator().manual_seed(1), "cpu")
        self.assertAlmostEqual(student.zeros(), 0.9, delta=1e-3)
        self.assertAlmostEqual(student.mean.item(), -teacher.input_shift / teacher.input_scale, delta=3)
        with torch.no_grad():
            teachers = teacher(as_input(MAPS))
            errors = hint_errors(student(as_input(MAPS)), teachers, [x.var() for x in teachers])
        self.assertLess(errors.max().item(), 0.5)


if __name__ == "__main__":
    unittest.main()
