import unittest

import numpy as np
import torch

from examples import BANK, MAPS
from mixing import decibels, mixed_batch


class Mixing(unittest.TestCase):
    def test_decibels_undo_powers(self):
        np.testing.assert_allclose(decibels(10 ** (torch.from_numpy(MAPS) / 5) * 7).numpy(), MAPS, atol=1e-3)

    def test_batches_are_maps_and_the_generator_decides(self):
        first, again, other = (mixed_batch(BANK, 50, torch.Generator().manual_seed(seed))
                               for seed in (1, 1, 2))
        self.assertEqual(first.shape, (50, 1, 64, 50))
        torch.testing.assert_close(first.amax(dim=(1, 2, 3)), torch.zeros(50))
        self.assertGreaterEqual(first.min().item(), -80)
        torch.testing.assert_close(first, again)
        self.assertFalse(torch.equal(first, other))

    def test_some_windows_stay_as_they_are(self):
        known = MAPS.astype(np.float16).astype(np.float32)
        batch = mixed_batch(BANK, 400, torch.Generator().manual_seed(1)).numpy()
        same = sum(any(np.array_equal(window[0], one) for one in known) for window in batch)
        self.assertTrue(120 < same < 220, same)


if __name__ == "__main__":
    unittest.main()
