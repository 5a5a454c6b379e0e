"""A trained student as a Keras file of EdgeL3's form, and from that the library's own model file."""

import pathlib
import subprocess

import numpy as np

from reference import BATCH_NORM_EPSILON, MEL_VARIABLES, SEA_64, Weights, write_keras_file

CONVERTER = pathlib.Path(__file__).with_name("convert.js")


#: Significant binary digits of a weight: all 11 of a 16-bit float in the first convolution, whose errors all others pass
#: on, and in these 6, which is as good, and packs better.
FIRST_DIGITS, DIGITS = 11, 6


def rounded(kernel, digits):
    """``kernel`` with that many significant binary digits, ties to even, and exact in 16 bits."""
    fraction, exponent = np.frexp(kernel)
    return np.ldexp(np.round(np.ldexp(fraction, digits)), exponent - digits).astype(np.float16).astype(np.float32)


def to_keras(student):
    """The student's weights in Keras' order, the masked ones zero, the others rounded."""
    def array(tensor):
        return tensor.detach().cpu().numpy().astype(np.float32)

    one = np.ones(1, np.float32)
    norms = [(one, 0 * one, array(student.mean.reshape(1)), array(student.variance.reshape(1)))]
    convolutions = []
    for number, convolution in enumerate(student.convolutions):
        kernel = rounded(array(convolution.kernel()), DIGITS if number else FIRST_DIGITS)
        convolutions.append((np.ascontiguousarray(kernel.transpose(2, 3, 1, 0)), array(convolution.bias)))
        ones = np.ones(len(kernel), np.float32)
        norms.append((ones, 0 * ones, 0 * ones, (1 - BATCH_NORM_EPSILON) * ones))     # changes nothing
    return Weights(SEA_64, convolutions, norms, MEL_VARIABLES)


def write(student, folder):
    """Writes model.h5.gz and model.safetensors into a folder; returns the latter's path."""
    keras, model = (pathlib.Path(folder) / ("model." + ending) for ending in ("h5.gz", "safetensors"))
    write_keras_file(keras, to_keras(student))
    name = "sea64-sparse%d" % (100 * student.zeros())
    try:
        subprocess.run(["node", CONVERTER, keras, model, name], check=True)
    except FileNotFoundError:
        raise SystemExit("%s is written, but there is no node on PATH to convert it: give the same command once more where "
                         "there is one, and the folder." % keras) from None
    return model
