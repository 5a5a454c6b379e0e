"""Draws quality against zeros, out of what `npm run models:evaluate` printed of several models."""

import argparse
import pathlib
import re

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "edgel3"})

from matplotlib import pyplot  # noqa: E402  The backend is chosen before.

TITLE = "Cosine to the teacher: mean, and 5th percentile (dashed)"

#: A row of the evaluation: name, files, windows, mean, 5th percentile, least; what follows is of whole windows.
ROW = re.compile(r"^(\w+) +\d+ +\d+ +(\S+) +(\S+) +\S+ ", re.MULTILINE)


def figures(evaluation):
    """(mean, 5th percentile) by the row's name, out of the printed text."""
    return {name: (float(mean), float(fifth)) for name, mean, fifth in ROW.findall(evaluation)}


def draw(evaluations, rows, path):
    """``evaluations``: printed text by share of zeros; ``rows``: names of those to be drawn; ``path``: an SVG."""
    zeros = sorted(evaluations)
    figure, axes = pyplot.subplots(figsize=(7.2, 4.4))
    for row in rows:
        means, fifths = zip(*(figures(evaluations[share])[row] for share in zeros))
        (line,) = axes.plot(zeros, means, "o-", label=row)
        axes.plot(zeros, fifths, "o--", color=line.get_color(), markerfacecolor="none")
    axes.set_xlabel("share of zeros")
    axes.set_title(TITLE, loc="left")
    axes.set_xticks(zeros)
    axes.grid(color="#ddd")
    axes.legend()
    figure.savefig(path, bbox_inches="tight", metadata={"Title": TITLE, "Date": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("picture", help="SVG to write")
    parser.add_argument("evaluations", nargs="+", metavar="ZEROS=FILE", help="what was printed of each model")
    parser.add_argument("--rows", nargs="+", default=["street", "speech"], help="to draw (default: %(default)s)")
    options = parser.parse_args()
    pairs = (evaluation.split("=", 1) for evaluation in options.evaluations)
    texts = {float(zeros): pathlib.Path(file).read_text() for zeros, file in pairs}
    draw(texts, options.rows, options.picture)


if __name__ == "__main__":
    main()
