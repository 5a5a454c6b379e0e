import pathlib
import tempfile
import unittest

import numpy as np

import recipe  # noqa: F401
import bank


def hum(rng, n):
    return np.sin(np.arange(n) * rng.uniform(0.1, 0.5))


class BankTest(unittest.TestCase):
    def test_maps_are_decibels_below_the_loudest_place(self):
        maps = bank.mel_maps(np.array([hum(np.random.default_rng(0), 8000), np.zeros(8000)]))
        self.assertEqual(maps.shape, (2, 64, 50))
        np.testing.assert_array_equal(maps.max(axis=(1, 2)), [0, 0])
        self.assertGreaterEqual(maps.min(), -80)

    def test_only_missing_shards_are_made_and_each_is_always_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            bank.fill(folder, 1, lambda: hum, 2, size=4)
            maps = bank.load(folder)
            self.assertEqual((maps.shape, maps.dtype), ((24, 64, 50), np.float16))
            self.assertEqual(len(np.unique(maps, axis=0)), 24)
            for kind in ("scenes", "textures"):
                bank.shard_path(folder, kind, 1).unlink()
            kept = bank.shard_path(folder, "textures", 0).stat().st_mtime_ns
            bank.fill(folder, 1, lambda: hum, 2, size=4)
            np.testing.assert_array_equal(bank.load(folder), maps)
            self.assertEqual(bank.shard_path(folder, "textures", 0).stat().st_mtime_ns, kept)
            self.assertEqual(len(list(pathlib.Path(folder).iterdir())), 6)


if __name__ == "__main__":
    unittest.main()
