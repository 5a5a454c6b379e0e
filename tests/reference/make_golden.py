"""Writes the committed goldens: ``python3 tests/reference/make_golden.py``, about two minutes.

Everything is seeded; a second run on the same machine gives the same bytes.
"""

import hashlib
import json
from pathlib import Path

import numpy as np

from embedding import get_embedding
from keras_file import read_keras_file, write_keras_file
from signals import SIGNALS
from synthetic import synthetic_weights
from wav import read_wav, write_wav

FOLDER = Path(__file__).resolve().parent.parent / "golden"

# The files differ in shape as Keras files do: whole models, weights alone, split name lists, other names.
# The sparse network has the zeros of EdgeL3's 95.45 % model (Table II of the paper).
MODELS = {
    "sparse": dict(type="sparse", width=512, zeros=(0, 85, 85, 85, 75, 95, 98, 98), shape={}),
    "sea64": dict(type="sea", width=64, zeros=(0,) * 8, shape={}),
    "sea128": dict(type="sea", width=128, zeros=(0, 60, 60, 60, 60, 70, 70, 70), shape=dict(root="/")),
    "sea256": dict(type="sea", width=256, zeros=(0, 80, 85, 85, 90, 95, 95, 95), shape=dict(name_chunks=2)),
    "sea512": dict(type="sea", width=512, zeros=(0, 85, 85, 90, 95, 97, 98.5, 99),
                   shape=dict(rename=lambda name: "retrained_" + name[::-1])),
}

# (model, audio): {setting: (center, hop size in seconds)}.  0.0371 s at 8 kHz and 0.29 s at 48 kHz are hops
# whose length in samples is truncated.
CASES = {
    ("sea64", "voice8k"): {"c1": (True, 0.1), "c0": (False, 0.5), "x1": (True, 0.0371)},
    ("sea64", "stereo44k"): {"c1": (True, 0.25)},
    ("sea64", "bursts37k"): {"c1": (True, 0.2), "c0": (False, 0.1)},
    ("sea64", "short16k"): {"c1": (True, 0.1), "c0": (False, 0.5)},
    ("sea64", "silence11k"): {"c1": (True, 0.1), "c0": (False, 0.5)},
    ("sea128", "glide22k"): {"c1": (True, 0.1)},
    ("sea256", "bursts37k"): {"c1": (True, 0.3)},
    ("sea512", "rain48k"): {"c0": (False, 0.1)},
    ("sparse", "rain48k"): {"c1": (True, 0.5), "x1": (False, 0.29)},
    ("sparse", "glide22k"): {"c0": (False, 0.5)},
}

# Settings whose mel spectrogram and blocks are kept, with the number of channels kept of each block.
STAGES = {("sea64", "voice8k", "c0"): 8, ("sea64", "stereo44k", "c1"): 8, ("sea64", "bursts37k", "c1"): 8,
          ("sea64", "silence11k", "c0"): 8, ("sea128", "glide22k", "c1"): 4, ("sparse", "rain48k", "c1"): 2}

EVALUATIONS = {"float64_fft": ("float64", "fft"), "float32_dft": ("float32", "dft"), "float32_fft": ("float32", "fft")}


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def deviation(embedding, truth):
    """Distances of an evaluation from the stored numbers, to three digits."""
    a, b = embedding.astype(np.float64), truth.astype(np.float64)
    unit_a, unit_b = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (a, b))
    error = np.abs(a - b).max()
    distances = {"cosine_distance": (0.5 * np.sum((unit_a - unit_b) ** 2, axis=1)).max(),
                 "max_abs_error": error, "relative_error": error / np.abs(b).max()}
    return {name: float("%.3g" % value) for name, value in distances.items()}


def make_audio():
    for seed, signal in enumerate(SIGNALS):
        samples, rate = signal(np.random.default_rng(seed))
        write_wav(FOLDER / "audio" / (signal.__name__ + ".wav"), samples, rate)


def make_model(seed, name):
    """Writes the file and describes it for the manifest."""
    model = MODELS[name]
    path = FOLDER / ("synthetic_%s.h5.gz" % name)
    weights = synthetic_weights(seed, model["type"], model["width"], model["zeros"])
    write_keras_file(path, weights, **model["shape"])
    zeros = [100 * float(np.mean(kernel == 0)) for kernel, _ in weights.conv]
    overall = 100 * (1 - sum(np.count_nonzero(k) for k, _ in weights.conv) / sum(k.size for k, _ in weights.conv))
    return {"type": model["type"], "emb_dim": model["width"], "file": path.name, "sha256": sha256(path),
            "zero_percent_per_conv": [round(z, 3) for z in zeros], "zero_percent_overall": round(overall, 3)}


def make_case(model_name, audio_name, settings, weights):
    """Writes one .npz and describes it for the manifest."""
    path = FOLDER / "audio" / (audio_name + ".wav")
    audio, rate = read_wav(path)
    arrays = {"sample_rate": np.int64(rate)}
    described = {}
    for setting, (center, hop_size) in settings.items():
        truth, timestamps, stages = get_embedding(audio, rate, weights, center, hop_size)
        truth = truth.astype(np.float32)
        arrays["resampled"] = stages.pop("resampled").astype(np.float32)
        kept = STAGES.get((model_name, audio_name, setting))
        if kept:
            arrays[setting + "_melspec_db"] = stages.pop("melspec_db").astype(np.float32)
            for name, block in stages.items():
                arrays[setting + "_" + name] = block[:, :, ::block.shape[2] // kept].astype(np.float32)
        arrays[setting + "_embedding"] = truth
        arrays[setting + "_timestamps"] = timestamps
        described[setting] = {"center": center, "hop_size": hop_size, "frames": len(truth),
                              "max_abs_embedding": float(np.abs(truth).max())}
        for name, (dtype, method) in EVALUATIONS.items():
            embedding, _, _ = get_embedding(audio, rate, weights, center, hop_size, dtype, method)
            described[setting][name] = deviation(embedding, truth)
    np.savez_compressed(FOLDER / ("%s_%s.npz" % (model_name, audio_name)), **arrays)
    return {"audio": "audio/" + path.name, "audio_sha256": sha256(path), "channels": audio[0].size,
            "model": model_name, "sample_rate": rate, "samples": len(audio), "settings": described}


def main():
    (FOLDER / "audio").mkdir(exist_ok=True)
    make_audio()
    manifest = {"models": {name: make_model(seed, name) for seed, name in enumerate(MODELS)}, "cases": {}}
    for (model_name, audio_name), settings in CASES.items():
        model = manifest["models"][model_name]
        weights = read_keras_file(FOLDER / model["file"], model["type"], model["emb_dim"])
        name = "%s_%s.npz" % (model_name, audio_name)
        manifest["cases"][name] = make_case(model_name, audio_name, settings, weights)
        print(name, json.dumps(manifest["cases"][name]["settings"]), flush=True)
    (FOLDER / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
