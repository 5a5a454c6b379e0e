import unittest

import numpy as np
import torch

import recipe
from examples import MAPS, as_input
from fitting import Layer, fit, random_weights
from loss import hint_errors
from student import MaskedConvolution, Student
from teacher import Teacher


def new_layer(noise):
    """For two batches of noise, a layer with random weights that is to answer as one convolution does, and some noise;
    and the convolution's weights. The third input is ten times as strong as the others."""
    generator = torch.Generator().manual_seed(1)
    strength = torch.tensor([1, 1, 10])[:, None, None]
    inputs = [torch.randn(4, 3, 6, 5, generator=generator) * strength for _ in range(2)]
    weight = torch.randn(4, 3, 3, 3, generator=generator) / strength
    bias = torch.randn(4, generator=generator)
    answers = [torch.nn.functional.conv2d(x, weight, bias, padding=1) for x in inputs]
    answers = [a + noise * torch.randn(a.shape, generator=generator) for a in answers]
    weights = torch.cat([weight.flatten(1), bias[:, None]], dim=1)
    return Layer(inputs, answers, random_weights(MaskedConvolution(3, 4), generator)), weights


class LayerTest(unittest.TestCase):
    def test_random_weights_learn_the_convolution_that_answered(self):
        layer, weights = new_layer(0)
        self.assertGreater((layer.weights.float() - weights).abs().mean(), 0.3)
        layer.learn(100)
        torch.testing.assert_close(layer.weights.float(), weights, rtol=1e-3, atol=1e-3)
        self.assertLess(layer.error(), 1e-6)

    def test_each_step_comes_nearer(self):
        layer, _ = new_layer(0.1)
        errors = [layer.error()]
        for _ in range(5):
            layer.learn(1)
            errors.append(layer.error())
        self.assertEqual(errors, sorted(errors, reverse=True))


class Fit(unittest.TestCase):
    def test_a_student_answers_nearly_as_its_teacher(self):
        teacher, student = Teacher(recipe.TEACHER, "cpu"), Student(-20, 300)
        bank = torch.from_numpy(np.concatenate([MAPS] * 10).astype(np.float16))
        fit(student, teacher, bank, 100, torch.Generator().manual_seed(1))
        self.assertEqual(student.zeros(), 0)
        self.assertAlmostEqual(student.mean.item(), -teacher.input_shift / teacher.input_scale, delta=3)
        with torch.no_grad():
            teachers = teacher(as_input(MAPS))
            errors = hint_errors(student(as_input(MAPS)), teachers).mean(dim=0)
        self.assertLess(errors.max().item(), 0.02)


if __name__ == "__main__":
    unittest.main()
