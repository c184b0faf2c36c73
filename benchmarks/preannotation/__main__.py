"""Measure pre-annotation: the model alone, the detectors, and end to end through real workers.

Everything runs on this machine in a temporary folder. Prints a table; ``--out FOLDER`` writes it
there with a plot and the numbers as JSON. ``--scale 0.1`` takes a tenth of the articles.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import django
from django.utils.module_loading import import_string


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preannotation", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the articles")
    parser.add_argument("--out", type=Path, help="folder for table, plot and JSON")
    args = parser.parse_args()
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as var:
        os.environ |= {
            "FRAMING_VAR": var, "FRAMING_DEMO": "0", "PORT": "8870",
            "DJANGO_SETTINGS_MODULE": "annotator.settings", "FRAMING_LOG_LEVEL": "WARNING",
        }  # fmt: skip
        django.setup()
        # Settings are read once, so whatever knows of tables is imported only now.
        measure = import_string("benchmarks.preannotation.report.measure")
        measure(scale=args.scale, out=args.out)


if __name__ == "__main__":
    main()
