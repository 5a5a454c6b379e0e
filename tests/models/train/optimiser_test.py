import unittest

import torch

import recipe  # noqa: F401
from optimiser import NORM_RATE, WEIGHT_RATE, Optimiser, orthogonalised
from student import Student


class Muon(unittest.TestCase):
    def test_an_update_has_singular_values_near_one(self):
        for shape in ((16, 40), (40, 16)):
            values = torch.linalg.svdvals(orthogonalised(torch.randn(shape)))
            self.assertTrue(0.5 < values.min() and values.max() < 1.5, values)


class OptimiserTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.student = Student(-20, 300)
        self.optimiser = Optimiser(self.student)
        self.layer = self.student.convolutions[1]
        self.layer.mask[:10] = 0
        self.before = self.layer.weight.detach().clone()

    def step(self, scale=1):
        loss = scale * sum((p * torch.randn(p.shape)).sum() for p in self.student.parameters())
        loss.backward()
        self.optimiser.step(1)
        return self.layer.weight.detach() - self.before

    def test_a_step_is_a_part_of_the_weights_norm_which_stays(self):
        change = self.step()
        self.assertAlmostEqual((change.norm() / self.before.norm()).item(), WEIGHT_RATE, delta=0.05 * WEIGHT_RATE)
        self.assertGreater(change[:10].abs().max().item(), 0)
        self.assertAlmostEqual((self.layer.weight.norm() / self.before.norm()).item(), 1, places=5)

    def test_the_size_of_a_gradient_does_not_matter(self):
        change = self.step()
        self.setUp()
        torch.testing.assert_close(self.step(scale=1e-12), change, rtol=1e-3, atol=1e-6)

    def test_outside_training_mode_masked_weights_stay(self):
        self.student.eval()
        change = self.step()
        self.assertEqual(change[:10].abs().max().item(), 0)
        self.assertAlmostEqual((change.norm() / self.before[10:].norm()).item(), WEIGHT_RATE, places=5)

    def test_scales_and_shifts_move_by_their_own_rate(self):
        shift = self.layer.norm.bias.detach().clone()
        self.step()
        change = (self.layer.norm.bias - shift).abs()
        torch.testing.assert_close(change, torch.full_like(change, NORM_RATE), rtol=1e-3, atol=0)


if __name__ == "__main__":
    unittest.main()
