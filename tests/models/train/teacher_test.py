import unittest

import numpy as np

import recipe
from examples import MAPS, WINDOWS, as_input
from network import forward
from reference import SEA_64, read_keras_file
from teacher import Teacher, embedding


class TeacherTest(unittest.TestCase):
    def test_the_teacher_is_the_network_of_its_file(self):
        weights = read_keras_file(recipe.TEACHER, SEA_64)
        expected = forward(WINDOWS.astype(np.float32), weights, "float64")
        found = embedding(Teacher(recipe.TEACHER, "cpu")(as_input(MAPS))).numpy()
        np.testing.assert_allclose(found, expected, atol=1e-3 * np.abs(expected).max())


if __name__ == "__main__":
    unittest.main()
