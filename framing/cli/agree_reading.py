"""What the measures of ``python -m framing agree`` are computed from, all of it in memory."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tqdm import tqdm

from framing.agreement import MEASURES, Codes, DataError, Structures, Study, matched_codes
from framing.agreement.ledger import Ledger
from framing.agreement.report import Scalar
from framing.agreement.sources import Annotated, Source, read_collection, read_stream
from framing.agreement.spec import Data
from framing.cli.agree_options import UsageError
from framing.omission.coding import presence_codes
from framing.problems import Problem

STANDARD = "-"


def read(given: str) -> Source:
    """Read a table, an annotation file, a folder or an archive whole."""
    if given == STANDARD:
        return read_stream(sys.stdin.buffer, name="standard input")
    path = Path(given)
    if is_collection(path):
        return read_collection(path)
    with opened(path) as stream:
        return read_stream(stream, name=path.name)


def is_collection(path: Path) -> bool:
    return path.is_dir() or path.suffix == ".zip"


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file and show how much of it has been read, on a terminal only."""
    try:
        with path.open("rb") as raw, tqdm.wrapattr(
                raw, "read", total=path.stat().st_size, desc="reading", disable=None,
                leave=False, file=sys.stderr) as stream:
            yield stream
    except OSError as error:
        raise DataError([Problem(str(path), f"{error.strerror}.",
                                 "Check that it is there.")]) from None


def devices(source: Source, args: argparse.Namespace) -> list[str]:
    """Return what is measured one after the other: devices, or "" for a table or a ledger."""
    if isinstance(source, Ledger):
        refuse_missing(args)
        return [""]
    if not isinstance(source, Annotated):
        refuse_choices_of_annotations(args)
        return [""]
    refuse_missing(args)
    return [args.device] if args.device else sorted(source.devices)


def refuse_choices_of_annotations(args: argparse.Namespace) -> None:
    if args.device or args.role or args.of != "spans" or args.by != "label":
        raise UsageError("--device, --role, --by and --of choose from an annotation file; this "
                         "is a table")


def refuse_missing(args: argparse.Namespace) -> None:
    if args.missing:
        raise UsageError("--missing names a value of a codes table; these are annotations")


def data(source: Source, device: str, id: str, args: argparse.Namespace
         ) -> tuple[Data, Mapping[str, Scalar]]:
    """Return what one measure is computed from, and what was chosen of the input."""
    if isinstance(source, Ledger):
        return _of_ledger(source, id, args), {"of": args.of} if args.of != "spans" else {}
    about = chosen(device, id, args)
    if not isinstance(source, Annotated):
        return _labeled(_answered(source, args.missing), kept_label(id, args)), about
    if args.of == "presence":
        raise UsageError("--of presence asks for an exported ledger; these are annotations")
    if args.of in ("cells", "kinds"):
        ledger = source.ledger(device=device)
        return ledger.codes() if args.of == "cells" else ledger.kind_codes(), about
    if compares_wholes(id):
        whole = Structures in MEASURES[id].accepts
        return (source.structures(device=device) if whole else source.ledger(device=device),
                about)
    study = source.study(device=device, role=args.role, level=args.by)
    kept = _labeled(study, kept_label(id, args))
    if args.of == "labels" and isinstance(kept, Study):
        return matched_codes(kept, unmarked=False), about
    return kept, about


def _of_ledger(ledger: Ledger, id: str, args: argparse.Namespace) -> Ledger | Codes:
    """Return the answers of an exported ledger, the kinds of its omissions, or the whole."""
    if args.device or args.role or args.label or args.by != "label":
        raise UsageError("--device, --role, --by and --label choose from an annotation file; "
                         "this is a ledger")
    if Ledger in MEASURES[id].accepts:
        return ledger
    if compares_wholes(id) or args.of == "labels":
        raise UsageError(f"{id} of {args.of} cannot be measured in a ledger, which holds answers; "
                         "take --of cells, kinds or presence")
    if args.of == "kinds":
        return ledger.kind_codes()
    return presence_codes(ledger.cells) if args.of == "presence" else ledger.codes()


def compares_wholes(id: str) -> bool:
    """Say whether a measure takes annotations with all their parts, not spans or codes."""
    return not {Study, Codes} & set(MEASURES[id].accepts)


def kept_label(id: str, args: argparse.Namespace) -> str | None:
    """Return the label whose units are kept; some measures have it as their parameter."""
    label: str | None = args.label
    return None if "label" in MEASURES[id].parameters else label


def chosen(device: str, id: str, args: argparse.Namespace) -> dict[str, Scalar]:
    """Return what was chosen of the input, to stand beside the value.

    Raises UsageError for a choice that the measure cannot take.
    """
    if not device:
        return {"label": args.label} if args.label else {}
    of_wholes = compares_wholes(id) or args.of in ("cells", "kinds")
    of_spans = {"role": args.role, "label": kept_label(id, args),
                "by": args.by if args.by != "label" else None}
    given = next((name for name, value in of_spans.items() if value), None)
    if of_wholes and given:
        raise UsageError(f"--{given} chooses spans; {id} compares "
                         f"{args.of if args.of != 'spans' else 'whole annotations'} here")
    about = {"device": device, "role": args.role, "by": None if of_wholes else args.by,
             "label": args.label, "of": args.of}
    return {name: value for name, value in about.items() if value is not None}


def no_such_label(label: str, labels: list[str]) -> DataError:
    return DataError([Problem("--label", f"no unit has the label '{label}'.",
                              f"The labels are: {', '.join(labels) or 'none'}.")])


def _answered(given: Study | Codes, missing: list[str]) -> Study | Codes:
    if not missing:
        return given
    if isinstance(given, Study):
        raise UsageError("--missing names a value of a codes table; this is a table of units")
    return Codes(tuple(code for code in given.codes if code.value not in missing))


def _labeled(given: Study | Codes, label: str | None) -> Study | Codes:
    if label is None:
        return given
    if isinstance(given, Codes):
        raise UsageError("--label chooses units; these are codes")
    if label not in given.labels:
        raise no_such_label(label, list(given.labels))
    return given.restricted(labels={label})
