"""Keras 2 weight files (HDF5), read and written."""

import gzip
import io
import json

import h5py
import numpy as np

from architecture import BATCH_NORM_EPSILON
from network import Weights


NESTED_NAME = "audio_model"


def name_list(group, attribute):
    """A list attribute; Keras splits a long one into attribute0, attribute1, ..."""
    if attribute in group.attrs:
        names = list(group.attrs[attribute])
    else:
        names = []
        while "%s%d" % (attribute, len(names)) in group.attrs:
            names.append(group.attrs["%s%d" % (attribute, len(names))])
        names = [name for chunk in names for name in chunk]
    return [name.decode("utf8") for name in names]


def read_keras_file(path, architecture):
    """Weights of an .h5.gz file, assigned by order as Keras' ``load_weights`` does, never by name.

    ``architecture``: which network it is.  A nested model lists all gammas, betas, kernels and biases of its layers before
    all means and variances.
    """
    with gzip.open(path, "rb") as f:
        file = h5py.File(io.BytesIO(f.read()), "r")
    root = file if "layer_names" in file.attrs or "layer_names0" in file.attrs else file["model_weights"]
    front_end, conv, batch_norm = None, [], []
    for layer in name_list(root, "layer_names"):
        arrays = [np.asarray(root[layer][name], dtype=np.float32)
                  for name in name_list(root[layer], "weight_names")]
        if layer == NESTED_NAME:
            trainable, moments = arrays[:34], arrays[34:]
            affine = [trainable[0:2]] + [trainable[4 * i:4 * i + 2] for i in range(1, 9)]
            conv = [tuple(trainable[4 * i + 2:4 * i + 4]) for i in range(8)]
            batch_norm = [(*affine[i], *moments[2 * i:2 * i + 2]) for i in range(9)]
        elif arrays and arrays[0].ndim == 4 and arrays[0].shape[1:3] == (1, 1):
            front_end = tuple(array.squeeze() for array in arrays)
        elif len(arrays) == 2 and arrays[0].shape[:2] == (3, 3):
            conv.append(tuple(arrays))
        elif len(arrays) == 4:
            batch_norm.append(tuple(arrays))
    return Weights(architecture, conv, batch_norm, front_end)


def model_config(architecture, layers):
    """Keras' description of the model, as far as it tells more than the arrays do."""
    s = architecture.spectrogram
    settings = {
        "Melspectrogram": {"sr": s.sample_rate, "n_dft": s.fft_size, "n_hop": s.hop, "n_mels": s.bands,
                           "padding": "same", "fmin": 0.0, "fmax": s.sample_rate / 2, "power_melgram": 1.0,
                           "return_decibel_melgram": True, "htk": True, "norm": 1},
        "BatchNormalization": {"epsilon": BATCH_NORM_EPSILON},
    }
    described = [{"name": name, "class_name": kind, "config": settings.get(kind, {})} for name, kind in layers]
    if not architecture.ends_in_one_place():
        last = [layer for layer in described if layer["class_name"] == "MaxPooling2D"][-1]
        last["config"] = {"pool_size": architecture.final_pooling, "strides": architecture.final_pooling}
    return {"class_name": "Model", "config": {"name": "audio_model", "layers": described}}


def write_keras_file(path, weights, root="model_weights", name_chunks=1, rename=lambda name: name, front_end=True,
                     variables=False):
    """Write the .h5.gz file that Keras' ``save`` would, with or without the front end's ``variables``.

    ``root`` "/" gives the shape of ``save_weights``: the layers in the root group and no model_config.
    ``name_chunks`` > 1 splits the list of layers as Keras does when it outgrows an HDF5 attribute.
    ``rename`` maps Keras' default layer names to others.
    ``front_end`` False leaves its layer out, as OpenL3's files of 0.4 do.
    """
    layers = [(rename(name), kind) for name, kind in weights.architecture.layers(front_end)]
    conv, batch_norm = iter(weights.conv), iter(weights.batch_norm)

    def set_versions(group):
        group.attrs["backend"] = b"tensorflow"
        group.attrs["keras_version"] = b"2.0.9"

    buffer = io.BytesIO()
    with h5py.File(buffer, "w", libver="earliest") as file:
        group = file.require_group(root)
        if group != file["/"]:
            set_versions(file)
            file.attrs["model_config"] = json.dumps(model_config(weights.architecture, layers)).encode()
        set_versions(group)
        names = np.array([name.encode() for name, _ in layers])
        for i, chunk in enumerate(np.array_split(names, name_chunks)):
            group.attrs["layer_names" if name_chunks == 1 else "layer_names%d" % i] = chunk
        for name, kind in layers:
            arrays = {}
            if kind in ("Melspectrogram", "Spectrogram") and variables:
                real, imaginary, *matrix = weights.mel
                arrays = {"real_kernels:0": real[:, None, None, :], "imag_kernels:0": imaginary[:, None, None, :],
                          **{"Variable:0": m for m in matrix}}
            elif kind == "BatchNormalization":
                arrays = dict(zip(("gamma:0", "beta:0", "moving_mean:0", "moving_variance:0"), next(batch_norm)))
            elif kind == "Conv2D":
                arrays = dict(zip(("kernel:0", "bias:0"), next(conv)))
            layer = group.create_group(name)
            paths = ["%s/%s" % (name, array) for array in arrays]
            layer.attrs["weight_names"] = np.array([p.encode() for p in paths]) if paths else np.zeros(0)
            for p, array in zip(paths, arrays.values()):
                layer.create_dataset(p, data=array)
    pack(path, buffer.getvalue())


def write_nested_file(path, weights, front_end):
    """Write the .h5.gz file of a whole audio-visual model, as l3embedding's ``save_weights``: the image network, the
    audio network and the layers behind them, each nested model one group with its trainable arrays first.

    ``front_end``: the arrays of kapre's layer, which stand with what is not trained.
    """
    random = np.random.default_rng(0)

    def nest(network):
        """(trainable, not trainable) of convolutions and BatchNorms [(name, arrays)] in the model's order."""
        trainable, rest = [], []
        for name, arrays in network:
            trained = 2 if len(arrays) in (2, 4) else 0
            kinds = {2: ("kernel", "bias"), 4: ("gamma", "beta", "moving_mean", "moving_variance"),
                     3: ("real_kernels", "imag_kernels", "Variable")}[len(arrays)]
            named = [("%s/%s:0" % (name, kind), array) for kind, array in zip(kinds, arrays)]
            trainable += named[:trained]
            rest += named[trained:]
        return trainable + rest

    def small(*shape):
        return random.normal(size=shape).astype(np.float32)

    image = [("batch_normalization_1", [small(3)] * 4), ("conv2d_1", [small(3, 3, 3, 4), small(4)]),
             ("batch_normalization_2", [small(4)] * 4), ("conv2d_2", [small(3, 3, 4, 4), small(4)])]
    audio = [("melspectrogram_1", list(front_end))] if front_end else []
    for i, arrays in enumerate(weights.batch_norm):
        if i > 0:
            audio.append(("conv2d_%d" % (i + 2) if i < 8 else "audio_embedding_layer", list(weights.conv[i - 1])))
        audio.append(("batch_normalization_%d" % (i + 3), list(arrays)))
    groups = {"input_1": [], "input_2": [], "vision_model": nest(image), NESTED_NAME: nest(audio), "concatenate_1": [],
              "dense_1": [("dense_1/kernel:0", small(8, 4)), ("dense_1/bias:0", small(4))]}
    buffer = io.BytesIO()
    with h5py.File(buffer, "w", libver="earliest") as file:
        file.attrs["layer_names"] = np.array([name.encode() for name in groups])
        for name, arrays in groups.items():
            group = file.create_group(name)
            paths = [path.encode() for path, _ in arrays]
            group.attrs["weight_names"] = np.array(paths) if paths else np.zeros(0)
            for array_path, array in arrays:
                group.create_dataset(array_path, data=array)
    pack(path, buffer.getvalue())


def pack(path, content):
    with open(path, "wb") as f, gzip.GzipFile(filename="", mode="wb", fileobj=f, mtime=0) as packed:
        packed.write(content)
