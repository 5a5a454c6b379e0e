import contextlib
import pathlib
import tempfile
import unittest
from types import SimpleNamespace

import numpy as np
import torch

import recipe  # noqa: F401
import bank
from bank import Bank, make_shard, shard_path
from sounds.speech import save

OPTIONS = SimpleNamespace(seed=1, utterances=2, shards=3, shard_size=30)


@contextlib.contextmanager
def folder_with_speech():
    """A folder in which somebody spoke already."""
    with tempfile.TemporaryDirectory() as folder:
        hum = (8000 * np.sin(np.arange(6000) * 0.3)).astype(np.int16)
        save(pathlib.Path(folder) / "speech.npz", [hum, hum[:4000]])
        yield folder


class Sounds(unittest.TestCase):
    def test_maps_are_decibels_below_the_loudest_place(self):
        maps = bank.mel_maps(np.array([np.sin(np.arange(8000) * 0.3), np.zeros(8000)]))
        self.assertEqual(maps.shape, (2, 64, 50))
        np.testing.assert_array_equal(maps.max(axis=(1, 2)), [0, 0])
        self.assertGreaterEqual(maps.min(), -80)

    def test_a_third_are_scenes(self):
        def speech(rng, n):
            return np.sin(np.arange(n) * rng.uniform(0.1, 0.5))

        for size in (1, 2, 7, 301):
            self.assertEqual(bank.sounds(np.random.default_rng(0), speech, size).shape, (size, 8000))


class BankTest(unittest.TestCase):
    def test_only_missing_shards_are_made_and_each_is_always_the_same(self):
        with folder_with_speech() as folder:
            make_shard(folder, 1, 2, 1, 30)
            path = shard_path(folder, 1)
            maps, written = np.load(path), path.stat().st_mtime_ns
            self.assertEqual((maps.shape, maps.dtype), ((30, 64, 50), np.float16))
            self.assertEqual(len(np.unique(maps, axis=0)), 30)
            make_shard(folder, 1, 2, 1, 30)
            self.assertEqual(path.stat().st_mtime_ns, written)
            path.unlink()
            make_shard(folder, 1, 2, 1, 30)
            np.testing.assert_array_equal(np.load(path), maps)
            make_shard(folder, 1, 2, 2, 30)
            self.assertFalse(np.array_equal(np.load(shard_path(folder, 2)), maps))
            self.assertEqual(len(list(pathlib.Path(folder).iterdir())), 3)

    def test_shards_come_one_after_the_other_and_some_windows_are_kept_back(self):
        with folder_with_speech() as folder:
            sounds = Bank(folder, OPTIONS)
            sounds.take_in()
            self.assertGreaterEqual(len(sounds.maps), 54)     # of two shards of three, six windows are kept back
            while sounds.coming:
                sounds.take_in()
            sounds.close()
            first = torch.from_numpy(np.load(shard_path(folder, 0)))
            torch.testing.assert_close(sounds.held_out, first[[7, 8, 9, 27, 28, 29]])
            self.assertEqual((sounds.maps.shape, sounds.maps.dtype), ((84, 64, 50), torch.float16))
            everything = torch.cat([sounds.held_out, sounds.maps]).float().numpy()
            self.assertEqual(len(np.unique(everything, axis=0)), 90)

    def test_a_shard_that_cannot_be_made_ends_the_training(self):
        with folder_with_speech() as folder:
            shard_path(folder, 0).with_suffix(".part.npy").mkdir()
            sounds = Bank(folder, OPTIONS)
            with self.assertRaises(IsADirectoryError):
                sounds.take_in()
            sounds.close()


if __name__ == "__main__":
    unittest.main()
