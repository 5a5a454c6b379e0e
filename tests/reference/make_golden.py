"""Writes the committed goldens: ``python3 tests/reference/make_golden.py [MODEL ...]``, about ten minutes for all.

Everything is seeded; a second run on the same machine gives the same bytes.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from architecture import Architecture, architecture_for
from embedding import get_embedding
from keras_file import read_keras_file, write_keras_file, write_nested_file
from signals import SIGNALS
from synthetic import synthetic_weights
from wav import read_wav, write_wav

FOLDER = Path(__file__).resolve().parent.parent / "golden"

# The files differ in shape as Keras files do: whole models, weights alone, split name lists, other names, a model
# nested in a larger one.  ``zeros`` None: a network without zeros that packs well.
L3 = dict(zeros=None, seed=8)
OPENL3 = dict(type="openl3", file="openl3", shape=dict(root="/", front_end=False), **L3)
MODELS = {
    "sparse": dict(type="sparse", width=512, zeros=(0, 85, 85, 85, 75, 95, 98, 98), shape={}, seed=0),
    "sea64": dict(type="sea", width=64, zeros=(0,) * 8, shape={}, seed=1),
    "sea128": dict(type="sea", width=128, zeros=(0, 60, 60, 60, 60, 70, 70, 70), shape=dict(root="/"), seed=2),
    "sea256": dict(type="sea", width=256, zeros=(0, 80, 85, 85, 90, 95, 95, 95), shape=dict(name_chunks=2), seed=3),
    "sea512": dict(type="sea", width=512, zeros=(0, 85, 85, 90, 95, 97, 98.5, 99),
                   shape=dict(rename=lambda name: "retrained_" + name[::-1]), seed=4),
    "openl3_linear": dict(width=512, names=dict(input_repr="linear", front_end="0.4"), **OPENL3),
    "openl3_mel128": dict(width=6144, names=dict(input_repr="mel128", front_end="0.4"), **OPENL3),
    "openl3_mel256": dict(width=6144, names=dict(input_repr="mel256", front_end="0.4"), **OPENL3),
    "openl3_mel256_512": dict(width=512, names=dict(input_repr="mel256", front_end="0.4"), **OPENL3),
    "openl3_linear_0.3": dict(width=6144, names=dict(input_repr="linear", front_end="0.3"), **OPENL3),
    "openl3_mel128_0.3": dict(width=512, names=dict(input_repr="mel128", front_end="0.3"), **OPENL3),
    "openl3_mel256_0.3": dict(width=6144, names=dict(input_repr="mel256", front_end="0.3"), **OPENL3),
    "l3": dict(type="l3", width=512, names=dict(input_repr="mel256"), zeros=None, seed=9, shape="nested"),
    "own": dict(type="own", width=72, zeros=None, seed=10, shape=dict(variables=True)),
}

# A network that nobody has published: other widths, another front end, a grid of two places.
OWN = dict(spectrogram=dict(sample_rate=16000, fft_size=128, hop=100, padding="same", window="hann", scale="htk",
                            norm="area", bands=20, summed="power", decibel_floor=1e-10, decibel_range=80),
           convolutions=(8, 12, 16, 20, 24, 28, 32, 36), pooling_after=(2, 4, 6), last_batch_norm="used",
           final_pooling=(2, 10))

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
    ("openl3_linear", "rain48k"): {"c1": (True, 0.5)},
    ("openl3_mel128", "rain48k"): {"c1": (True, 0.5)},
    ("openl3_mel256", "rain48k"): {"c1": (True, 0.5)},
    ("openl3_mel256_512", "rain48k"): {"c0": (False, 0.5)},
    ("openl3_linear_0.3", "rain48k"): {"c1": (True, 0.5)},
    ("openl3_mel128_0.3", "rain48k"): {"c1": (True, 0.5)},
    ("openl3_mel256_0.3", "rain48k"): {"c1": (True, 0.5)},
    ("l3", "rain48k"): {"c1": (True, 0.5)},
    ("own", "stereo44k"): {"c1": (True, 0.25)},
}

# Settings whose mel spectrogram and blocks are kept, with the number of channels kept of each block.
STAGES = {("sea64", "voice8k", "c0"): 8, ("sea64", "stereo44k", "c1"): 8, ("sea64", "bursts37k", "c1"): 8,
          ("sea64", "silence11k", "c0"): 8, ("sea128", "glide22k", "c1"): 4, ("sparse", "rain48k", "c1"): 2,
          ("openl3_linear", "rain48k", "c1"): 1, ("openl3_mel128", "rain48k", "c1"): 1,
          ("openl3_mel256", "rain48k", "c1"): 1, ("openl3_linear_0.3", "rain48k", "c1"): 1,
          ("openl3_mel128_0.3", "rain48k", "c1"): 1, ("l3", "rain48k", "c1"): 1, ("own", "stereo44k", "c1"): 4}

EVALUATIONS = {"float64_fft": ("float64", "fft"), "float32_dft": ("float32", "dft"), "float32_fft": ("float32", "fft")}




def evaluations_of(model_name):
    """Of the large networks only Keras' own arithmetic."""
    return EVALUATIONS if MODELS[model_name]["zeros"] else {"float32_dft": EVALUATIONS["float32_dft"]}


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


def architecture_of(name):
    model = MODELS[name]
    if model["type"] == "own":
        return Architecture("own", **OWN)
    return architecture_for(model["type"], model["width"], **model.get("names", {}))


def make_model(name):
    """Writes the file and describes it for the manifest."""
    model = MODELS[name]
    path = FOLDER / ("synthetic_%s.h5.gz" % model.get("file", name))
    # What is shared by several networks is calibrated for one of them.
    calibrated = architecture_for("openl3", 6144, "mel256", "0.4") if "file" in model else architecture_of(name)
    weights = synthetic_weights(model["seed"], calibrated, model["zeros"])
    if model["shape"] == "nested":
        write_nested_file(path, weights, None)
    else:
        write_keras_file(path, weights, **model["shape"])
    zeros = [100 * float(np.mean(kernel == 0)) for kernel, _ in weights.conv]
    overall = 100 * (1 - sum(np.count_nonzero(k) for k, _ in weights.conv) / sum(k.size for k, _ in weights.conv))
    return {"type": model["type"], "emb_dim": model["width"], "file": path.name, "sha256": sha256(path),
            "zero_percent_per_conv": [round(z, 3) for z in zeros], "zero_percent_overall": round(overall, 3),
            **model.get("names", {})}


def make_case(model_name, audio_name, settings, weights):
    """Writes one .npz and describes it for the manifest."""
    path = FOLDER / "audio" / (audio_name + ".wav")
    audio, rate = read_wav(path)
    arrays = {"sample_rate": np.int64(rate)}
    described = {}
    for setting, (center, hop_size) in settings.items():
        truth, timestamps, stages = get_embedding(audio, rate, weights, center, hop_size)
        truth = truth.astype(np.float32)
        resampled = stages.pop("resampled").astype(np.float32)
        if rate != weights.architecture.sample_rate or model_name == "sparse":
            arrays["resampled"] = resampled
        kept = STAGES.get((model_name, audio_name, setting))
        if kept:
            arrays[setting + "_melspec_db"] = stages.pop("melspec_db").astype(np.float32)
            for name, block in stages.items():
                arrays[setting + "_" + name] = block[:, :, ::block.shape[2] // kept].astype(np.float32)
        arrays[setting + "_embedding"] = truth
        arrays[setting + "_timestamps"] = timestamps
        described[setting] = {"center": center, "hop_size": hop_size, "frames": len(truth),
                              "max_abs_embedding": float(np.abs(truth).max())}
        for name, (dtype, method) in evaluations_of(model_name).items():
            embedding, _, _ = get_embedding(audio, rate, weights, center, hop_size, dtype, method)
            described[setting][name] = deviation(embedding, truth)
    np.savez_compressed(FOLDER / ("%s_%s.npz" % (model_name, audio_name)), **arrays)
    return {"audio": "audio/" + path.name, "audio_sha256": sha256(path), "channels": audio[0].size,
            "model": model_name, "sample_rate": rate, "samples": len(audio), "settings": described}


def main(names):
    """Writes the goldens of some networks, and leaves the others as they are; of all without ``names``."""
    manifest_path = FOLDER / "manifest.json"
    if names:
        manifest = json.loads(manifest_path.read_text())
    else:
        names, manifest = list(MODELS), {"models": {}, "cases": {}}
        (FOLDER / "audio").mkdir(exist_ok=True)
        make_audio()
    manifest["models"].update({name: make_model(name) for name in names})
    for (model_name, audio_name), settings in CASES.items():
        if model_name not in names:
            continue
        weights = read_keras_file(FOLDER / manifest["models"][model_name]["file"], architecture_of(model_name))
        name = "%s_%s.npz" % (model_name, audio_name)
        manifest["cases"][name] = make_case(model_name, audio_name, settings, weights)
        print(name, json.dumps(manifest["cases"][name]["settings"]), flush=True)
    manifest_path.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
