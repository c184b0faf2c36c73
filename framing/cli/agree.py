"""``python -m framing agree``: measures of agreement from a table or an annotation file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from framing.agreement import DataError, Report, camps, measure, pairwise
from framing.agreement.report import Scalar
from framing.agreement.spec import Data
from framing.agreement.streaming import Way
from framing.agreement.text_table import readable
from framing.cli.agree_options import UsageError, add_parser, ways
from framing.cli.agree_reading import data, devices, read
from framing.cli.agree_streaming import streamed
from framing.problems import Problem

__all__ = ["add_parser", "run"]

SHOWN_PROBLEMS = 20


def run(args: argparse.Namespace) -> int:
    """Print the reports; return 0, 1 when the data are refused, 2 for wrong usage."""
    try:
        chosen = ways(args)
        reports = streamed(args, chosen)
        if reports is None:
            source = read(args.input)
            reports = [report for device in devices(source, args) for way in chosen
                       for report in _reports(*data(source, device, way[0], args), way, args)]
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


def _reports(given: Data, about: Mapping[str, Scalar], way: Way,
             args: argparse.Namespace) -> Iterator[Report]:
    id, known = way
    try:
        if args.pairwise:
            found = pairwise(given, id, pool=args.pool, resamples=args.bootstrap, seed=args.seed,
                             **known)
            named = [(report, {"pair": " x ".join(pair)}) for pair, report in found.items()]
        if not args.pairwise or not found:  # Without any pair the whole says why.
            named = [(measure(given, id, pool=args.pool, resamples=args.bootstrap,
                              seed=args.seed, **known), {})]
    except DataError:
        raise
    except ValueError as error:
        raise UsageError(str(error)) from None
    for report, pair in named:
        shown = _with_camps(report, given, known) if args.camps and not pair else report
        yield replace(shown, parameters={**about, **pair, **report.parameters})


def _with_camps(report: Report, given: Data, parameters: Mapping[str, Scalar]) -> Report:
    if report.refused:
        return report
    found = camps(given, report.measure, **parameters)
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
