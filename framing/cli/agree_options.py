"""What ``python -m framing agree`` can be asked for."""

from __future__ import annotations

import argparse

from framing.agreement import MEASURES, DataError
from framing.agreement.metrics import LEVELS
from framing.agreement.report import Scalar
from framing.agreement.streaming import Way
from framing.problems import Problem

PARAMETERS = ("level", "weights", "characters", "layers", "match", "scheme", "label", "alpha",
              "beta", "delta", "samples", "sampler", "precision", "method")


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
    parser.add_argument("--of", choices=("spans", "labels", "cells", "kinds", "presence"),
                        default="spans",
                        help="what an annotation file is compared by: spans; labels of matched "
                        "spans; cells article x claim of omissions; kinds on cells that two "
                        "call omitted; presence, of a ledger only: omitted, partly, reported in "
                        "order")
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


def ways(args: argparse.Namespace) -> list[Way]:
    """Return each measure asked for with its parameters.

    Raises UsageError for what does not exist, DataError for an unknown level of measurement.
    """
    ids = [id.strip() for value in args.measure for id in value.split(",")]
    unknown = next((id for id in ids if id not in MEASURES), None)
    if unknown is not None:
        raise UsageError(f"there is no measure '{unknown}'; there are: {', '.join(MEASURES)}")
    if args.level is not None and args.level not in LEVELS:
        raise DataError([Problem("--level", f"there is no level of measurement '{args.level}'.",
                                 f"Choose one of: {', '.join(LEVELS)}.")])
    _refuse_idle(ids, args)
    return [(id, _parameters(id, args)) for id in ids]


def _refuse_idle(ids: list[str], args: argparse.Namespace) -> None:
    """Refuse an option that none of the measures takes: it would change nothing unseen."""
    taken = {name for id in ids for name in MEASURES[id].parameters} | {"label", "level"}
    idle = next((name for name in PARAMETERS
                 if getattr(args, name) is not None and name not in taken), None)
    if idle is not None:
        takers = ", ".join(id for id, measure in MEASURES.items() if idle in measure.parameters)
        raise UsageError(f"--{idle} changes nothing in {', '.join(ids)}; it belongs to: {takers}")


def _parameters(id: str, args: argparse.Namespace) -> dict[str, Scalar]:
    """Return the options that are parameters of a measure."""
    known = {name: value for name in PARAMETERS
             if (value := getattr(args, name)) is not None and name in MEASURES[id].parameters}
    if args.level and "level" not in known and args.level != "nominal":
        raise UsageError(f"{id} has no level of measurement; leave out --level")
    return known
