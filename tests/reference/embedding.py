"""Audio to embeddings, as edgel3 0.2.1's ``get_embedding`` (edgel3/core.py)."""

import numpy as np

from network import forward
from resampler import resample


def prepare_windows(audio, sample_rate, target_rate, center, hop_size):
    """Downmix, resample, pad, cut.  Returns (resampled audio, windows rounded to Keras' float32 input)."""
    if audio.ndim == 2:
        audio = audio.mean(axis=1)
    if sample_rate != target_rate:
        audio = resample(audio, sample_rate, target_rate)
    resampled = audio
    window_length = target_rate
    hop_length = int(hop_size * target_rate)
    if center:
        audio = np.concatenate((np.zeros(window_length // 2), audio))
    if audio.size < window_length:
        padding = window_length - audio.size
    else:
        beyond = audio.size - window_length
        padding = int(np.ceil(beyond / float(hop_length))) * hop_length - beyond
    audio = np.concatenate((audio, np.zeros(padding)))
    count = 1 + (audio.size - window_length) // hop_length
    windows = np.stack([audio[i * hop_length:i * hop_length + window_length] for i in range(count)])
    return resampled, windows.astype(np.float32)


def get_embedding(audio, sample_rate, weights, center, hop_size, dtype="float64", method="dft"):
    """Embedding (T, D) in ``dtype``, timestamps (T,) in seconds, and the stages of the first window.

    ``audio``: float64 of shape (N,) or (N, channels).
    The stages are those of ``network.forward`` and "resampled".
    """
    resampled, windows = prepare_windows(audio, sample_rate, weights.architecture.sample_rate, center, hop_size)
    stages = {"resampled": resampled}
    batches = [forward(windows[:1], weights, dtype, method, stages)]
    batches += [forward(windows[i:i + 4], weights, dtype, method) for i in range(1, len(windows), 4)]
    embedding = np.concatenate(batches)
    return embedding, np.arange(len(embedding)) * hop_size, stages
