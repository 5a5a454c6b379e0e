"""EdgeL3's arithmetic in Python, as the tests' reference has it: front end, architecture, Keras' files."""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "reference"))

from architecture import BATCH_NORM_EPSILON, architecture_for  # noqa: E402
from front_end import mel_spectrogram, mel_variables  # noqa: E402
from keras_file import read_keras_file, write_keras_file  # noqa: E402
from network import Weights  # noqa: E402

SEA_64 = architecture_for("sea", 64)
MEL_VARIABLES = mel_variables(SEA_64)

__all__ = ["BATCH_NORM_EPSILON", "MEL_VARIABLES", "SEA_64", "Weights", "mel_spectrogram", "read_keras_file",
           "write_keras_file"]
