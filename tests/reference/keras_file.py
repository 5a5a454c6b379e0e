"""Keras 2 weight files (HDF5), read and written."""

import gzip
import io
import json

import h5py
import numpy as np

from architecture import BATCH_NORM_EPSILON, architecture_for
from network import Weights


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


def read_keras_file(path, model_type, embedding_dimension):
    """Weights of an .h5.gz file, assigned by order as Keras' ``load_weights`` does, never by name."""
    with gzip.open(path, "rb") as f:
        file = h5py.File(io.BytesIO(f.read()), "r")
    root = file if "layer_names" in file.attrs or "layer_names0" in file.attrs else file["model_weights"]
    mel, conv, batch_norm = None, [], []
    for layer in name_list(root, "layer_names"):
        arrays = [np.asarray(root[layer][name], dtype=np.float32)
                  for name in name_list(root[layer], "weight_names")]
        if len(arrays) == 3:
            real, imaginary, filterbank = arrays
            mel = (real.squeeze(), imaginary.squeeze(), filterbank)
        elif len(arrays) == 2:
            conv.append(tuple(arrays))
        elif len(arrays) == 4:
            batch_norm.append(tuple(arrays))
    return Weights(architecture_for(model_type, embedding_dimension), conv, batch_norm, mel)


def model_config(architecture, layers):
    """Keras' description of the model, as far as it tells more than the arrays do."""
    a = architecture
    settings = {
        "Melspectrogram": {"sr": a.sample_rate, "n_dft": a.dft_size, "n_hop": a.dft_hop, "n_mels": a.mel_bands,
                           "padding": "same", "fmin": 0.0, "fmax": a.sample_rate / 2, "power_melgram": 1.0,
                           "return_decibel_melgram": True, "htk": True, "norm": 1},
        "BatchNormalization": {"epsilon": BATCH_NORM_EPSILON},
    }
    described = [{"name": name, "class_name": kind, "config": settings.get(kind, {})} for name, kind in layers]
    return {"class_name": "Model", "config": {"name": "audio_model", "layers": described}}


def write_keras_file(path, weights, root="model_weights", name_chunks=1, rename=lambda name: name):
    """Write the .h5.gz file that Keras' ``save`` would, without the front end's variables.

    ``root`` "/" gives the shape of ``save_weights``: the layers in the root group and no model_config.
    ``name_chunks`` > 1 splits the list of layers as Keras does when it outgrows an HDF5 attribute.
    ``rename`` maps Keras' default layer names to others.
    """
    layers = [(rename(name), kind) for name, kind in weights.architecture.layers()]
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
            if kind == "BatchNormalization":
                arrays = dict(zip(("gamma:0", "beta:0", "moving_mean:0", "moving_variance:0"), next(batch_norm)))
            elif kind == "Conv2D":
                arrays = dict(zip(("kernel:0", "bias:0"), next(conv)))
            layer = group.create_group(name)
            paths = ["%s/%s" % (name, array) for array in arrays]
            layer.attrs["weight_names"] = np.array([p.encode() for p in paths]) if paths else np.zeros(0)
            for p, array in zip(paths, arrays.values()):
                layer.create_dataset(p, data=array)
    with open(path, "wb") as f, gzip.GzipFile(filename="", mode="wb", fileobj=f, mtime=0) as packed:
        packed.write(buffer.getvalue())
