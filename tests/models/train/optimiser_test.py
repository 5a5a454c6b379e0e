import unittest

import torch

import recipe  # noqa: F401
from optimiser import orthogonalised


class Muon(unittest.TestCase):
    def test_an_update_has_singular_values_near_one(self):
        for shape in ((16, 40), (40, 16)):
            values = torch.linalg.svdvals(orthogonalised(torch.randn(shape)))
            self.assertTrue(0.5 < values.min() and values.max() < 1.5, values)


if __name__ == "__main__":
    unittest.main()
