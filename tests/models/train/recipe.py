"""Finds the recipe for the tests in this folder."""

import pathlib
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
RECIPE = REPOSITORY / "models" / "train"
#: A network of the teacher's form with random weights.
TEACHER = REPOSITORY / "tests" / "golden" / "synthetic_sea64.h5.gz"

sys.path.insert(0, str(RECIPE))
