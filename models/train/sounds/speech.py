"""Synthetic speech: sentences of made-up text spoken by espeak-ng (Debian's package of that name)."""

import io
import pathlib
import subprocess
import wave

import numpy as np
import scipy.signal

from sounds.signal import RATE

#: Any words will do: read by the rules of several languages, they give the sounds of each.
WORDS = ("zero one two three four five six seven eight nine street morning please water quickly under she "
         "thought vision church judge yellow rhythm garden through happy measure boat pull father bird strong "
         "crisp whale").split()
LANGUAGES = ("en", "en-us", "de", "fr", "es", "it", "ru", "cmn", "hi", "sw", "fi", "pt")
VARIANTS = ("", "+m1", "+m2", "+m3", "+m4", "+m5", "+m6", "+m7", "+f1", "+f2", "+f3", "+f4", "+f5",
            "+croak", "+whisper")


def speak(rng):
    """One utterance at RATE as int16, of a random voice, pitch and speed."""
    text = " ".join(rng.choice(WORDS, rng.integers(1, 9)))
    command = ["espeak-ng", "--stdout", "-v", rng.choice(LANGUAGES) + rng.choice(VARIANTS),
               "-p", str(rng.integers(5, 95)), "-s", str(rng.integers(110, 260)), text]
    with wave.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        samples = scipy.signal.resample_poly(samples.astype(float), RATE, file.getframerate())
        return np.clip(np.round(samples), -32768, 32767).astype(np.int16)


def save(path, utterances):
    """Writes the file whole or not at all."""
    unfinished = path.with_suffix(".part.npz")
    np.savez(unfinished, samples=np.concatenate(utterances), sizes=[u.size for u in utterances])
    unfinished.rename(path)


def spoken(path, seed, count):
    """``count`` utterances. They are spoken once and kept, so that a machine without espeak-ng can use them."""
    if not path.exists():
        rng = np.random.default_rng([seed, 0x5EECC])
        save(path, [speak(rng) for _ in range(count)])
    with np.load(path) as file:
        return np.split(file["samples"], np.cumsum(file["sizes"])[:-1])


class Speech:
    """A generator of sounds like the others', from a fixed number of utterances, which ``folder`` keeps."""

    def __init__(self, folder, seed, utterances):
        self.utterances = spoken(pathlib.Path(folder) / "speech.npz", seed, utterances)

    def __call__(self, rng, n):
        """One speaker's words, starting anywhere, at a speed a little off."""
        x = np.zeros(n)
        at = rng.integers(-RATE // 2, n // 2)
        while at < n:
            picked = self.utterances[rng.integers(len(self.utterances))] / 32768
            speed = rng.uniform(0.85, 1.2)
            picked = np.interp(np.arange(0, picked.size - 1, speed), np.arange(picked.size), picked)
            picked = picked[max(0, -at):]
            start = max(0, at)
            x[start:start + picked.size] += picked[:max(0, n - start)]
            at = start + picked.size + int(RATE * rng.choice([0.1, rng.uniform(0, 2)]))
        return x
