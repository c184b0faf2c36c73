"""One case on framing.agreement: ``python -m benchmarks.agreement.ours CASE INPUT REPEAT``.

Prints one JSON object, as ``peers/run.py`` does for the others.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from framing.agreement import Codes, Study, Unit, from_statistics, measure, measure_blocks
from framing.agreement import statistics as sums_of
from framing.agreement.on_disk import OnDisk
from framing.agreement.sources import Annotated, annotation_rows, read_blocks, read_stream
from framing.cli.agree_streaming import ANNOTATIONS_AT_ONCE, ROWS_AT_ONCE

Result = dict[str, Any]
RECOMPUTED = 3


def study_of(data: Mapping[str, Any]) -> Study:
    units = tuple(Unit(f"d{d}", f"a{a}", start, end, str(label))
                  for d, a, start, end, label in data["units"])
    return Study({f"d{d}": data["length"] for d in range(data["documents"])}, frozenset(), units)


def codes_of(data: Mapping[str, Any]) -> Codes:
    return Codes.from_rows((f"i{item}", f"a{a}", str(value))
                           for a, row in enumerate(data["codes"])
                           for item, value in enumerate(row))


def gamma(data: Mapping[str, Any]) -> Result:
    report = measure(study_of(data), "gamma", samples=30, resamples=0)
    return {"observed": report.observed, "value": report.value}


def u_alpha(data: Mapping[str, Any]) -> Result:
    """Measure a study made before, as the peer's lines of segments and gaps are."""
    study = _kept(data)
    for arrays in ("layout", "_readers"):
        study.__dict__.pop(arrays, None)  # What an earlier turn has computed is not kept.
    return _values(study, data)


def u_alpha_from_units(data: Mapping[str, Any]) -> Result:
    """Build and check the study as well; the peer's lines are made before its clock starts."""
    kept = _kept(data)
    return _values(Study(kept.documents, frozenset(), kept.units), data)


def _values(study: Study, data: Mapping[str, Any]) -> Result:
    report = measure(study, "u-alpha", resamples=0)
    return {"values": [report.per_document[f"d{d}"] for d in range(data["documents"])]}


def streamed(data: Mapping[str, Any]) -> Result:
    """Measure a table in blocks of whole documents, as the command line does with a long one."""
    with Path(data["table"]).open("rb") as file:
        blocks = read_blocks(file, name="table", at_once=ROWS_AT_ONCE)
        assert blocks is not None
        report, = measure_blocks(blocks, [("alpha", {})])
    return {"value": report.value, "n_units": report.n_units}


def held(data: Mapping[str, Any]) -> Result:
    """Measure the same table with all units in memory."""
    with Path(data["table"]).open("rb") as file:
        study = read_stream(file, name="table")
    assert isinstance(study, Study)
    report = measure(study, "alpha")
    return {"value": report.value, "n_units": report.n_units}


def sorted_on_disk(data: Mapping[str, Any]) -> Result:
    """Measure an annotation file in blocks, as the command line does."""
    with Path(data["annotations"]).open("rb") as file:
        rows = annotation_rows(file, name="file")
        assert rows is not None
        source = OnDisk.of(rows, name="file")
    source.check("loaded_terms")
    report, = measure_blocks(
        (block.study(device="loaded_terms")
         for block in source.blocks("loaded_terms", at_once=ANNOTATIONS_AT_ONCE)), [("alpha", {})])
    return {"value": report.value, "n_units": report.n_units}


def in_memory(data: Mapping[str, Any]) -> Result:
    """Measure the same file with all annotations in memory."""
    with Path(data["annotations"]).open("rb") as file:
        source = read_stream(file, name="file")
    assert isinstance(source, Annotated)
    report = measure(source.study(device="loaded_terms"), "alpha")
    return {"value": report.value, "n_units": report.n_units}


def interval(data: Mapping[str, Any]) -> Result:
    report = from_statistics(sums_of(_kept(data), "alpha"), "alpha", resamples=1000)
    return {"value": report.value, "interval": report.interval}


def recomputed(data: Mapping[str, Any]) -> Result:
    """Draw documents and compute the measure anew, a few times for a thousand."""
    study = _kept(data)
    rng = np.random.default_rng(0)
    names = list(study.documents)
    by_document: dict[str, list[Unit]] = {}
    for unit in study.units:
        by_document.setdefault(unit.document, []).append(unit)
    for _ in range(RECOMPUTED):
        drawn = rng.integers(0, len(names), len(names))
        units = tuple(Unit(f"c{copy}", u.annotator, u.start, u.end, u.label)
                      for copy, d in enumerate(drawn) for u in by_document[names[d]])
        again = Study({f"c{copy}": data["length"] for copy in range(len(names))}, frozenset(),
                      units)
        value = measure(again, "alpha", resamples=0).value
    return {"value": value, "times": 1000 / RECOMPUTED}


def alpha_bootstrap(data: Mapping[str, Any]) -> Result:
    report = measure(_kept_codes(data), "alpha", resamples=1000)
    return {"value": report.value, "interval": report.interval}


def mace(data: Mapping[str, Any]) -> Result:
    labels = measure(_kept_codes(data), "mace").details["labels"]
    assert isinstance(labels, dict)
    right = [labels[f"i{item}"] == str(truth) for item, truth in enumerate(data["truth"])]
    return {"accuracy": sum(right) / len(right)}


CASES: Mapping[str, Callable[[Mapping[str, Any]], Result]] = {
    "gamma": gamma, "u-alpha": u_alpha, "u-alpha-from-units": u_alpha_from_units,
    "streamed": streamed, "held": held, "sorted-on-disk": sorted_on_disk,
    "in-memory": in_memory, "interval": interval, "recomputed": recomputed,
    "alpha-bootstrap": alpha_bootstrap, "mace": mace}

_STUDIES: list[Study] = []
_CODES: list[Codes] = []


def _kept(data: Mapping[str, Any]) -> Study:
    """Build the study once: peers start from arrays in memory as well."""
    if not _STUDIES:
        _STUDIES.append(study_of(data))
    return _STUDIES[0]


def _kept_codes(data: Mapping[str, Any]) -> Codes:
    if not _CODES:
        _CODES.append(codes_of(data))
    return _CODES[0]


def peak_mb() -> float:
    """Return the peak of this program; getrusage's also knows that of the one that started it."""
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> None:
    case, path, repeat = sys.argv[1], sys.argv[2], int(sys.argv[3])
    data = json.loads(Path(path).read_text())
    if repeat:
        CASES[case](data)
    seconds, cpu, result = [], [], {}
    for _ in range(max(1, repeat)):
        start, work = time.perf_counter(), time.process_time()
        result = CASES[case](data)
        seconds.append((time.perf_counter() - start) * result.get("times", 1))
        cpu.append((time.process_time() - work) * result.get("times", 1))
    print(json.dumps({"seconds": statistics.median(seconds),
                      "cpu": statistics.median(cpu), "peak_mb": peak_mb(), **result}))


if __name__ == "__main__":
    main()
