"""Draw the measurements; run by the peers' interpreter, which has matplotlib."""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot as plt


def main():
    found = json.loads(Path(sys.argv[1]).read_text())
    ratios = [row for row in found["cases"] if row["theirs"]]
    figure, (left, *right) = plt.subplots(1, 4, figsize=(17, 4.5), layout="constrained",
                                          width_ratios=[2, 1, 1, 1])
    values = [row["theirs"]["seconds"] / row["ours"]["seconds"] for row in ratios]
    left.barh([row["title"] for row in ratios], values, color="#3b6ea5")
    left.set_xscale("log")
    left.set_xlabel("times faster than the peer")
    left.invert_yaxis()
    for axis, along in zip(right, ("units", "annotators", "documents"), strict=True):
        rows = [row for row in found["growth"] if row["along"] == along]
        axis.plot([row["x"] for row in rows], [row["seconds"] for row in rows], "o-",
                  color="#3b6ea5")
        axis.set_xlabel(along)
        axis.set_ylabel("seconds")
        axis.set_yscale("log")
        if along != "annotators":
            axis.set_xscale("log")
    figure.savefig(sys.argv[2])


if __name__ == "__main__":
    main()
