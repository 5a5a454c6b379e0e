import pathlib
import tempfile
import unittest

import recipe  # noqa: F401
from curve import draw, figures

EVALUATION = """\
cosine to the teacher         files    windows       mean  5th perc.      least      whole       mean  5th perc.
digits                          480        605     0.9960     0.9917     0.9857          0          -          -
speech                          300       1023     0.9951     0.9912     0.9809        438     0.9962     0.9921
street                           79        547     %.4f     0.9673     0.9207        398     0.9862     0.9681
"""


class Curve(unittest.TestCase):
    def test_figures_are_read_from_what_is_printed(self):
        self.assertEqual(figures(EVALUATION % 0.9856), {"digits": (0.996, 0.9917), "speech": (0.9951, 0.9912),
                                                        "street": (0.9856, 0.9673)})

    def test_the_picture_names_rows_and_shares_and_is_the_same_each_time(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder, name) for name in ("a.svg", "b.svg")]
            for path in paths:
                draw({0.97: EVALUATION % 0.93, 0.9: EVALUATION % 0.9856}, ["street"], path)
            first, second = (path.read_text() for path in paths)
        self.assertEqual(first, second)
        for word in ("<title>", "street", "0.90", "0.97", "share of zeros"):
            self.assertIn(word, first)
        self.assertNotIn("speech", first)


if __name__ == "__main__":
    unittest.main()
