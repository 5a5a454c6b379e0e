import unittest

import numpy as np
import torch

import recipe
from examples import MAPS, as_input
from fitting import Layer, fit, random_weights
from loss import hint_errors
from student import MaskedConvolution, Student
from teacher import Teacher


def new_layers():
    """For two batches of noise, layers with random weights that are to answer as one convolution does, without and with
    noise of its own; and its weights. The third input is ten times as strong as the others."""
    generator = torch.Generator().manual_seed(1)
    strength = torch.tensor([1, 1, 10])[:, None, None]
    inputs = [torch.randn(4, 3, 6, 5, generator=generator) * strength for _ in range(2)]
    weight = torch.randn(4, 3, 3, 3, generator=generator) / strength
    bias = torch.randn(4, generator=generator)
    answers = [torch.nn.functional.conv2d(x, weight, bias, padding=1) for x in inputs]
    noisy = [a + 0.1 * torch.randn(a.shape, generator=generator) for a in answers]
    start = random_weights(MaskedConvolution(3, 4), generator)
    weights = torch.cat([weight.flatten(1), bias[:, None]], dim=1)
    return Layer(inputs, answers, start), Layer(inputs, noisy, start), weights


def error_after_relu(layer):
    errors = []
    for x, answer in zip(layer.inputs, layer.answers):
        kernel = layer.weights.float()
        own = torch.nn.functional.conv2d(x, kernel[:, :-1].reshape(4, 3, 3, 3), kernel[:, -1], padding=1)
        errors.append((own.relu().transpose(0, 1).flatten(1) - answer.relu()).square().mean())
    return torch.stack(errors).mean().item()


class LayerTest(unittest.TestCase):
    def test_random_weights_learn_the_convolution_that_answered(self):
        layer, _, weights = new_layers()
        self.assertGreater((layer.weights.float() - weights).abs().mean(), 0.3)
        layer.learn(100)
        torch.testing.assert_close(layer.weights.float(), weights, rtol=1e-3, atol=1e-3)
        self.assertLess(layer.error(), 1e-6)

    def test_each_step_comes_nearer(self):
        _, layer, _ = new_layers()
        errors = [layer.error()]
        for _ in range(5):
            layer.learn(1)
            errors.append(layer.error())
        self.assertEqual(errors, sorted(errors, reverse=True))

    def test_the_smallest_weights_go_first_measured_by_what_they_do_to_their_input(self):
        _, layer, weights = new_layers()
        layer.learn(100)
        layer.prune(layer.mask[:, :-1].numel() - 20)
        done = weights.clone()
        done[:, 18:27] *= 10
        self.assertGreater(done[:, :-1][layer.mask[:, :-1]].abs().min(), 0.8 * done[~layer.mask].abs().max())
        self.assertGreater((~layer.mask[:, :18]).sum(), 2)
        self.assertGreater((~layer.mask[:, 18:]).sum(), 2)

    def test_what_is_left_is_counted_and_solves_its_equations(self):
        _, layer, _ = new_layers()
        layer.learn_and_prune(50, 2)
        layer.learn_and_prune(11, 2)
        self.assertEqual(layer.mask[:, :-1].sum(), 11)
        self.assertTrue(layer.mask[:, -1].all())
        self.assertEqual(layer.weights[~layer.mask].abs().max(), 0)
        rest = layer.weights @ layer.products - layer.targets
        self.assertLess(rest[layer.mask].abs().max().item(), 1e-6 * layer.targets.abs().max().item())

    def test_adapting_to_the_relu_comes_nearer(self):
        _, layer, _ = new_layers()
        layer.learn(100)
        layer.prune(20)
        layer.learn(100)
        before = error_after_relu(layer)
        layer.adapt()
        layer.learn(100)
        self.assertLess(error_after_relu(layer), before)


class Fit(unittest.TestCase):
    def test_a_student_answers_nearly_as_its_teacher(self):
        teacher, student = Teacher(recipe.TEACHER, "cpu"), Student(-20, 300)
        bank = np.concatenate([MAPS] * 10).astype(np.float16)
        fit(student, teacher, bank, 0.9, 100, 1, torch.Generator().manual_seed(1), "cpu")
        self.assertAlmostEqual(student.zeros(), 0.9, delta=1e-3)
        self.assertAlmostEqual(student.mean.item(), -teacher.input_shift / teacher.input_scale, delta=3)
        with torch.no_grad():
            teachers = teacher(as_input(MAPS))
            errors = hint_errors(student(as_input(MAPS)), teachers).mean(dim=0)
        self.assertLess(errors.max().item(), 0.5)


if __name__ == "__main__":
    unittest.main()
