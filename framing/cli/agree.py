"""``python -m framing agree``: measures of agreement from a table or an annotation file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tqdm import tqdm

from framing.agreement import (
    MEASURES,
    Codes,
    DataError,
    Report,
    Structures,
    Study,
    camps,
    matched_codes,
    measure,
    measure_blocks,
    pairwise,
)
from framing.agreement.metrics import LEVELS
from framing.agreement.report import Scalar
from framing.agreement.sources import (
    Annotated,
    Source,
    read_blocks,
    read_collection,
    read_stream,
)
from framing.agreement.spec import Data
from framing.agreement.streaming import Way, can_stream
from framing.agreement.tables import OutOfOrder
from framing.agreement.text_table import readable
from framing.problems import Problem

PARAMETERS = ("level", "weights", "characters", "layers", "match", "scheme", "label", "alpha",
              "beta", "delta", "samples", "sampler", "precision", "method")
SHOWN_PROBLEMS = 20
# A table of units longer than this many bytes is measured in blocks of whole documents.
LONG = 8_000_000
UNITS_AT_ONCE = 100_000


class UsageError(ValueError):
    """The command line asks for something that does not exist."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "agree", help="measure agreement between annotators",
        description="Measure agreement from units CSV, codes CSV or annotations JSONL.")
    parser.add_argument("input", metavar="IN",
                        help="a file, a release folder or archive, or - for standard input")
    parser.add_argument("--measure", action="append", required=True, metavar="M",
                        help="one of: " + ", ".join(MEASURES) + "; may be repeated, or a comma "
                        "list")
    parser.add_argument("--device", help="keep one device of an annotation file")
    parser.add_argument("--role", help="keep the parts of one role of an annotation file")
    parser.add_argument("--by", choices=("label", "device"), default="label",
                        help="what must agree beside the place: the label, or only the device")
    parser.add_argument("--of", choices=("spans", "labels", "cells", "kinds"), default="spans",
                        help="what an annotation file is compared by: spans; labels of matched "
                        "spans; cells article x claim of omissions; kinds on cells that two "
                        "call omitted")
    parser.add_argument("--label", help="keep the units of one label")
    parser.add_argument("--missing", action="append", default=[], metavar="VALUE",
                        help="a value of a codes table that means no answer; may be repeated")
    parser.add_argument("--level", metavar="L", help="level of measurement: " + ", ".join(LEVELS))
    parser.add_argument("--pool", default="pooled", metavar="pooled,mean",
                        help="sum documents first, average their values, or both")
    parser.add_argument("--bootstrap", type=int, default=1000, metavar="N",
                        help="resamples of documents for the interval, 0 for none")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.add_argument("--pairwise", action="store_true",
                        help="one report for each two annotators")
    parser.add_argument("--camps", action="store_true",
                        help="also divide the annotators into camps by this measure")
    parser.add_argument("--weights", help="weights of kappa and AC2")
    parser.add_argument("--characters", help="what characters are compared by: labels or in-out")
    parser.add_argument("--layers", help="u-alpha: one line, or one line a label")
    parser.add_argument("--match", help="f1-triple: overlap or strict")
    parser.add_argument("--scheme", help="f1-muc: strict, exact, partial or type")
    parser.add_argument("--method", help="mace: vb or em")
    parser.add_argument("--alpha", type=float, help="gamma: weight of position")
    parser.add_argument("--beta", type=float, help="gamma: weight of the label")
    parser.add_argument("--delta", type=float, help="gamma: cost of an unaligned unit")
    parser.add_argument("--samples", type=int, help="gamma: number of random continua")
    parser.add_argument("--precision", type=float,
                        help="gamma: aimed relative precision of the expected disorder")
    parser.add_argument("--sampler", help="gamma: shift or statistical")
    parser.add_argument("--json", action="store_true", help="one JSON object a line and measure")


def run(args: argparse.Namespace) -> int:
    """Print the reports; return 0, 1 when the data are refused, 2 for wrong usage."""
    try:
        ids = _measure_ids(args.measure)
        _check_level(args.level)
        source = _read(args.input, [(id, _parameters(id, args)) for id in ids], args)
        reports = source if isinstance(source, list) else [
            report for device in _devices(source, args) for id in ids
            for report in _reports(*_data(source, device, id, args), id, args)]
    except UsageError as error:
        print(f"python -m framing agree: {error}", file=sys.stderr)
        return 2
    except DataError as error:
        _complain(error.problems)
        return 1
    _show(reports, as_json=args.json)
    if all(report.refused for report in reports):
        _complain([Problem(report.measure, f"{report.undefined}.") for report in reports])
        return 1
    return 0


def _measure_ids(given: list[str]) -> list[str]:
    ids = [id.strip() for value in given for id in value.split(",")]
    unknown = next((id for id in ids if id not in MEASURES), None)
    if unknown is not None:
        raise UsageError(f"there is no measure '{unknown}'; there are: {', '.join(MEASURES)}")
    return ids


def _check_level(level: str | None) -> None:
    if level is not None and level not in LEVELS:
        raise DataError([Problem("--level", f"there is no level of measurement '{level}'.",
                                 f"Choose one of: {', '.join(LEVELS)}.")])


def _read(given: str, ways: list[Way], args: argparse.Namespace) -> Source | list[Report]:
    """Return what is to be measured, or the reports of a table too long to hold at once."""
    if given == "-":
        return read_stream(sys.stdin.buffer, name="standard input")
    path = Path(given)
    if path.is_dir() or path.suffix == ".zip":
        return read_collection(path)
    try:
        if path.stat().st_size > LONG and not _asks_for_units(args) and can_stream(ways):
            with suppress(OutOfOrder), _opened(path) as stream:
                blocks = read_blocks(stream, name=path.name, at_once=UNITS_AT_ONCE)
                if blocks is not None:
                    return _streamed(blocks, ways, args)
        with _opened(path) as stream:
            return read_stream(stream, name=path.name)
    except OSError as error:
        raise DataError([Problem(given, f"{error.strerror}.", "Check that it is there.")]) from None


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file and show how much of it has been read, on a terminal only."""
    with path.open("rb") as raw, tqdm.wrapattr(
            raw, "read", total=path.stat().st_size, desc="reading", disable=None, leave=False,
            file=sys.stderr) as stream:
        yield stream


def _asks_for_units(args: argparse.Namespace) -> bool:
    """Say whether an option needs the units themselves, or an annotation file."""
    return bool(args.pairwise or args.camps or args.label or args.missing or args.device
                or args.role or args.of != "spans")


def _streamed(blocks: Iterator[Study], ways: list[Way], args: argparse.Namespace) -> list[Report]:
    try:
        return measure_blocks(blocks, ways, pool=args.pool, resamples=args.bootstrap,
                              seed=args.seed)
    except DataError:
        raise
    except ValueError as error:
        raise UsageError(str(error)) from None


def _devices(source: Source, args: argparse.Namespace) -> list[str]:
    """Return what is measured one after the other: devices, or "" for a table."""
    if isinstance(source, Annotated):
        return [args.device] if args.device else source.devices
    if args.device or args.role or args.of != "spans":
        raise UsageError("--device, --role and --of choose from an annotation file; this is a "
                         "table")
    return [""]


def _data(source: Source, device: str, id: str, args: argparse.Namespace
          ) -> tuple[Data, Mapping[str, Scalar]]:
    """Return what one measure is computed from, and what was chosen of the input."""
    own_label = "label" in MEASURES[id].parameters
    label = None if own_label else args.label
    if not isinstance(source, Annotated):
        return (_labeled(_answered(source, args.missing), label),
                {"label": args.label} if args.label else {})
    about = {"device": device, "role": args.role, "by": args.by, "label": args.label,
             "of": args.of}
    chosen = {name: value for name, value in about.items() if value is not None}
    if args.of in ("cells", "kinds"):
        ledger = source.ledger(device=device)
        return ledger.codes() if args.of == "cells" else ledger.kind_codes(), chosen
    if Study not in MEASURES[id].accepts and Codes not in MEASURES[id].accepts:
        whole = Structures in MEASURES[id].accepts
        return (source.structures(device=device) if whole else source.ledger(device=device),
                chosen)
    study = source.study(device=device, role=args.role, level=args.by)
    kept = _labeled(study, label)
    if args.of == "labels" and isinstance(kept, Study):
        return matched_codes(kept, unmarked=False), chosen
    return kept, chosen


def _answered(data: Study | Codes, missing: list[str]) -> Study | Codes:
    if not missing:
        return data
    if isinstance(data, Study):
        raise UsageError("--missing names a value of a codes table; this is a table of units")
    return Codes(tuple(code for code in data.codes if code.value not in missing))


def _labeled(data: Study | Codes, label: str | None) -> Study | Codes:
    if label is None:
        return data
    if isinstance(data, Codes):
        raise UsageError("--label chooses units; these are codes")
    if label not in data.labels:
        raise DataError([Problem("--label", f"no unit has the label '{label}'.",
                                 f"The labels are: {', '.join(data.labels) or 'none'}.")])
    return data.restricted(labels={label})


def _parameters(id: str, args: argparse.Namespace) -> dict[str, Scalar]:
    """Return the options that are parameters of a measure."""
    known = {name: value for name in PARAMETERS
             if (value := getattr(args, name)) is not None and name in MEASURES[id].parameters}
    if args.level and "level" not in known and args.level != "nominal":
        raise UsageError(f"{id} has no level of measurement; leave out --level")
    return known


def _reports(data: Data, about: Mapping[str, Scalar], id: str,
             args: argparse.Namespace) -> Iterator[Report]:
    known = _parameters(id, args)
    try:
        if args.pairwise:
            found = pairwise(data, id, pool=args.pool, resamples=args.bootstrap, seed=args.seed,
                             **known)
            named = [(report, {"pair": " x ".join(pair)}) for pair, report in found.items()]
        else:
            named = [(measure(data, id, pool=args.pool, resamples=args.bootstrap,
                              seed=args.seed, **known), {})]
    except DataError:
        raise
    except ValueError as error:
        raise UsageError(str(error)) from None
    for report, pair in named:
        shown = _with_camps(report, data, known) if args.camps and not pair else report
        yield replace(shown, parameters={**about, **pair, **report.parameters})


def _with_camps(report: Report, data: Data, parameters: Mapping[str, Scalar]) -> Report:
    if report.refused:
        return report
    found = camps(data, report.measure, **parameters)
    said = found.undefined or "camps: " + " | ".join(", ".join(group) for group in found.groups)
    return replace(report, notes=(*report.notes, said),
                   details={**report.details, "camps": found.as_dict()})


def _show(reports: list[Report], *, as_json: bool) -> None:
    if not as_json:
        print(readable(reports))
        return
    for report in reports:
        print(json.dumps(report.as_dict(), ensure_ascii=False, allow_nan=False))


def _complain(problems: Sequence[Problem]) -> None:
    for problem in problems[:SHOWN_PROBLEMS]:
        print(problem, file=sys.stderr)
    if len(problems) > SHOWN_PROBLEMS:
        print(f"and {len(problems) - SHOWN_PROBLEMS} more.", file=sys.stderr)
