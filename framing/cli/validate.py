"""``validate IN``: what is wrong with a file, row by row, or nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from framing.annotations import Annotation, Reading
from framing.cli import console
from framing.cli.source import rows_of
from framing.documents import Document
from framing.formats import catalog
from framing.formats.base import Row
from framing.problems import Problem
from framing.scheme import Scheme, SchemeError, load, parse
from framing.validation import problems

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(subparsers: Subparsers) -> None:
    readable = [entry.id for entry in catalog.FORMATS if entry.read or entry.id == "folder"]
    parser = subparsers.add_parser(
        "validate",
        help="check files against their format and the codebook",
        description="Check files. Annotations may point into articles of any of the files.",
    )
    parser.add_argument(
        "sources", metavar="IN", nargs="+", help="a file, a folder, or - for standard input"
    )
    parser.add_argument(
        "--from", dest="source_format", metavar="FORMAT", choices=readable, default="",
        help=f"recognised when left out; one of: {', '.join(readable)}",
    )  # fmt: skip
    parser.add_argument(
        "--scheme", metavar="FILE", help="a codebook as TOML instead of the shipped framing-1"
    )
    parser.add_argument("--json", action="store_true", help="write the problems as JSON")


def run(args: argparse.Namespace) -> int:
    """Print every problem with its place; return 1 when there is one."""
    scheme = _scheme(args.scheme) if args.scheme else load()
    if isinstance(scheme, Scheme):
        rows = [
            row for source in args.sources for row in rows_of(source, format_id=args.source_format)
        ]
        found, checked = list(check(rows, scheme)), sum(row.item is not None for row in rows)
    else:
        found, checked = scheme, 0
    if args.json:
        content = {"problems": [asdict(problem) for problem in found], "checked": checked}
        console.show_json(content)
    else:
        for problem in found:
            print(problem)
        print(f"{checked:,} records read, {len(found):,} problems.", file=sys.stderr)
    return console.REFUSED if found else console.OK


def check(rows: Iterable[Row], scheme: Scheme) -> Iterator[Problem]:
    """Yield the problems of reading, then those of annotations and readings among themselves."""
    rows = list(rows)
    yield from (row.problem for row in rows if row.problem)
    texts = {row.item.id: row.item.text for row in rows if isinstance(row.item, Document)}
    devices = {device.id for device in scheme.devices}
    for row in rows:
        if isinstance(row.item, Annotation):
            for problem in problems(row.item, scheme, texts):
                yield replace(problem, place=f"{row.where}, {problem.place}")
        elif isinstance(row.item, Reading):
            yield from _reading(row.item, row.where, devices, texts)


def _reading(
    reading: Reading, where: str, devices: set[str], texts: dict[str, str]
) -> Iterator[Problem]:
    if reading.device not in devices:
        known = ", ".join(sorted(devices))
        yield Problem(
            f"{where}, device", f"unknown device {reading.device!r}.", f"Known are: {known}."
        )
    if reading.document not in texts:
        yield Problem(
            f"{where}, document", f"the document {reading.document!r} is not there.",
            "Name the file that holds it as well.",
        )  # fmt: skip


def _scheme(path: str) -> Scheme | list[Problem]:
    try:
        return parse(Path(path).read_text(encoding="utf-8-sig"))
    except SchemeError as error:
        return [replace(p, place=f"{path}, {p.place}".rstrip(", ")) for p in error.problems]
    except OSError as error:
        return [Problem(path, f"{error.strerror}.", "Check the name of the codebook.")]
    except UnicodeDecodeError:
        return [Problem(path, "the codebook is not UTF-8.", "Save it as UTF-8.")]
