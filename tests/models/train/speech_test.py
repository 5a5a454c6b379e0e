import shutil
import unittest

import numpy as np

import recipe  # noqa: F401
from sounds.signal import RATE
from sounds.speech import Speech


@unittest.skipUnless(shutil.which("espeak-ng"), "espeak-ng is not here")
class SpeechTest(unittest.TestCase):
    def test_the_seed_decides_what_is_said(self):
        first, again, other = (Speech(seed, 2) for seed in (1, 1, 2))
        for one, same in zip(first.utterances, again.utterances):
            np.testing.assert_array_equal(one, same)
        self.assertFalse(np.array_equal(first.utterances[0], other.utterances[0]))

    def test_speech_fills_any_length(self):
        speech = Speech(1, 2)
        for seed in range(20):
            x = speech(np.random.default_rng(seed), 3 * RATE)
            self.assertEqual(x.shape, (3 * RATE,))
            self.assertGreater(np.abs(x).max(), 0)


if __name__ == "__main__":
    unittest.main()
