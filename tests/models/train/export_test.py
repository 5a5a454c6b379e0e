import os
import pathlib
import tempfile
import unittest
from unittest import mock

import numpy as np
import torch

import recipe
from examples import BANK, MAPS, WINDOWS, as_input
import export
from fitting import fit
from network import forward
from pruning import prune
from reference import SEA_64, read_keras_file
from student import Student
from teacher import Teacher, embedding


class Export(unittest.TestCase):
    def test_the_exported_file_is_the_student(self):
        student = Student(-20, 300)
        fit(student, Teacher(recipe.TEACHER, "cpu"), BANK, 50, torch.Generator().manual_seed(1))
        prune(student, as_input(MAPS), 0.9)
        with tempfile.TemporaryDirectory() as folder, torch.no_grad():
            model = export.write(student, folder)
            weights = read_keras_file(model.with_suffix("").with_suffix(".h5.gz"), SEA_64)
            self.assertLessEqual(model.stat().st_size, 160_000)
            for kernel, _ in weights.conv:
                np.testing.assert_array_equal(kernel.astype(np.float16), kernel)
            expected = embedding(student(as_input(MAPS))).numpy()
            found = forward(WINDOWS.astype(np.float32), weights, "float64")
            np.testing.assert_allclose(found, expected, atol=2e-2 * expected.max())

    def test_weights_are_rounded_to_the_nearest_of_few_digits(self):
        kernel = np.float32([0, 1, -1.5, 1 + 1 / 64, 1 + 3 / 64, 1 + 1 / 32, -(0.75 + 2 ** -9), 1000.4, 2 ** -12 + 2 ** -19])
        expected = np.float32([0, 1, -1.5, 1, 1 + 4 / 64, 1 + 1 / 32, -0.75, 1008, 2 ** -12])
        np.testing.assert_array_equal(export.rounded(kernel, 6), expected)
        np.testing.assert_array_equal(export.rounded(kernel, 11), kernel.astype(np.float16))

    def test_without_node_it_says_what_to_do(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, {"PATH": folder}):
            with self.assertRaisesRegex(SystemExit, "no node on PATH"):
                export.write(Student(-20, 300), folder)
            self.assertTrue((pathlib.Path(folder) / "model.h5.gz").exists())


if __name__ == "__main__":
    unittest.main()
