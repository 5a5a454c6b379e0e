import pathlib
import shutil
import tempfile
import unittest

import numpy as np

import recipe  # noqa: F401
from sounds.signal import RATE
from sounds.speech import Speech, save


class SpeechTest(unittest.TestCase):
    @unittest.skipUnless(shutil.which("espeak-ng"), "espeak-ng is not here")
    def test_the_seed_decides_what_is_said(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            first, again, other = Speech(one, 1, 2), Speech(two, 1, 2), Speech(two, 2, 2)
        for utterance, same in zip(first.utterances, again.utterances):
            np.testing.assert_array_equal(utterance, same)
        self.assertIs(other.utterances[0].dtype.type, np.int16)

    def test_what_was_said_is_kept_and_fills_any_length(self):
        said = [np.arange(-4000, 4000, dtype=np.int16), np.full(300, 7, np.int16)]
        with tempfile.TemporaryDirectory() as folder:
            save(pathlib.Path(folder) / "speech.npz", said)
            speech = Speech(folder, 1, 2)
        for expected, found in zip(said, speech.utterances, strict=True):
            np.testing.assert_array_equal(found, expected)
        for seed in range(20):
            x = speech(np.random.default_rng(seed), 3 * RATE)
            self.assertEqual(x.shape, (3 * RATE,))
            self.assertGreater(np.abs(x).max(), 0)


if __name__ == "__main__":
    unittest.main()
