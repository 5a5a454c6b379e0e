import unittest

import numpy as np

import recipe  # noqa: F401
from sounds import microphone, rooms, scenes
from sounds.impacts import IMPACTS
from sounds.machines import MACHINES
from sounds.music import MUSIC
from sounds.noises import NOISES
from sounds.signal import RATE, partials_of, place
from sounds.textures import gates, textures
from sounds.tones import TONES
from sounds.voices import VOICES

SOUNDS = {*NOISES, *TONES, *MACHINES, *IMPACTS, *MUSIC, *VOICES}
EFFECTS = (rooms.reverberate, rooms.move_away, microphone.band_limit, microphone.control_gain, microphone.clip,
           microphone.code, microphone.quantise, microphone.add_hiss, microphone.record)


def silence(_rng, n):
    return np.zeros(n)


class Sounds(unittest.TestCase):
    def test_every_sound_has_its_length_and_is_neither_silent_nor_infinite(self):
        for make in SOUNDS:
            for seed in range(3):
                with self.subTest(make.__name__, seed=seed):
                    x = make(np.random.default_rng(seed), 2 * RATE)
                    self.assertEqual(x.shape, (2 * RATE,))
                    self.assertTrue(np.isfinite(x).all())
                    self.assertGreater(np.abs(x).max(), 0)

    def test_the_seed_decides(self):
        for make in SOUNDS:
            with self.subTest(make.__name__):
                first, again, other = (make(np.random.default_rng(seed), RATE) for seed in (1, 1, 2))
                np.testing.assert_array_equal(first, again)
                self.assertFalse(np.array_equal(first, other))

    def test_effects_keep_the_length_even_of_silence(self):
        for effect in EFFECTS:
            for x in (np.random.default_rng(0).standard_normal(RATE), np.zeros(RATE)):
                with self.subTest(effect.__name__, silent=not x.any()):
                    y = effect(np.random.default_rng(1), x)
                    self.assertEqual(y.shape, x.shape)
                    self.assertTrue(np.isfinite(y).all())

    def test_partials_are_at_the_multiples_of_the_fundamental_and_below_half_the_rate(self):
        x = partials_of(np.full(RATE, 1100.0), np.array([3.0, 0, 1, 5]), np.random.default_rng(0))
        spectrum = np.abs(np.fft.rfft(x)) / (RATE / 2)
        np.testing.assert_allclose(spectrum[[1100, 2200, 3300]], [3, 0, 1], atol=1e-6)
        self.assertAlmostEqual(np.sum(spectrum ** 2), 10, places=6)

    def test_what_is_placed_at_the_end_is_cut(self):
        x = np.zeros(4)
        place(x, np.ones(3), 2)
        np.testing.assert_array_equal(x, [0, 0, 1, 1])

    def test_interrupted_windows_are_silent_at_an_end_and_the_source_stays_whole(self):
        window = np.ones(100)
        for seed in range(20):
            cut = scenes.interrupt(np.random.default_rng(seed), window)
            self.assertEqual(min(cut[0], cut[-1]), 0)
        self.assertTrue(window.all())

    def test_a_scene_gives_windows_of_one_second(self):
        for seed in range(5):
            windows = scenes.windows(np.random.default_rng(seed), silence, 3)
            self.assertEqual(windows.shape, (3, RATE))
            self.assertTrue(np.isfinite(windows).all())

    def test_textures_are_windows_of_one_second_that_the_seed_decides(self):
        first, again, other = (textures(np.random.default_rng(seed), 40) for seed in (1, 1, 2))
        self.assertEqual(first.shape, (40, RATE))
        self.assertTrue(np.isfinite(first).all())
        self.assertTrue((np.abs(first).max(axis=1) > 0).all())
        np.testing.assert_array_equal(first, again)
        self.assertFalse(np.array_equal(first, other))

    def test_some_textures_begin_or_end_within_the_window(self):
        inside = gates(np.random.default_rng(1), 1000)
        self.assertTrue((inside.sum(axis=1) > 0).all())
        partly = (inside.min(axis=1) == 0).mean()
        self.assertTrue(0.15 < partly < 0.25, partly)
        self.assertGreater((inside.argmax(axis=1) == RATE // 2).sum(), 20, "as the first window of a recording")


if __name__ == "__main__":
    unittest.main()
