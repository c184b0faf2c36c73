"""``convert IN OUT``: any format of the catalog to any other, with a report of what was lost."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from framing.cli import console
from framing.cli.source import STANDARD, rows_of
from framing.formats import catalog
from framing.formats.base import Item, Row, Writer
from framing.formats.report import ConversionReport

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(subparsers: Subparsers) -> None:
    readable = [entry.id for entry in catalog.FORMATS if entry.read or entry.id == "folder"]
    writable = [entry.id for entry in catalog.FORMATS if entry.write]
    parser = subparsers.add_parser(
        "convert",
        help="turn a file of one format into another",
        description="Convert a file. What cannot be read is named on standard error with its "
        "place, and the rest is written; the exit code is then 1.",
    )
    parser.add_argument("source", metavar="IN", help="a file, a folder, or - for standard input")
    parser.add_argument("target", metavar="OUT", help="a file, or - for standard output")
    parser.add_argument(
        "--from", dest="source_format", metavar="FORMAT", choices=readable, default="",
        help=f"recognised when left out; one of: {', '.join(readable)}",
    )  # fmt: skip
    parser.add_argument(
        "--to", dest="target_format", metavar="FORMAT", choices=writable, required=True,
        help=f"one of: {', '.join(writable)}",
    )  # fmt: skip
    parser.add_argument(
        "--report", metavar="FILE", help="write what was kept, changed and dropped, as JSON"
    )


def run(args: argparse.Namespace) -> int:
    """Convert; return 1 when anything was refused."""
    target = next(entry for entry in catalog.FORMATS if entry.id == args.target_format)
    if target.write is None or _same(args.source, args.target):
        print(f"{args.target}: this would overwrite the input. Name another file.", file=sys.stderr)
        return console.REFUSED
    try:
        report = _convert(args, target.write)
        if args.report:
            content = json.dumps(report.as_dict(), indent=2, ensure_ascii=False)
            Path(args.report).write_text(content + "\n", encoding="utf-8")
    except BrokenPipeError:
        raise  # Whoever reads has enough: the command line ends quietly.
    except OSError as error:
        print(f"{error.filename or args.target}: {error.strerror}.", file=sys.stderr)
        return console.REFUSED
    console.refuse(report.problems)
    print(summary(report), file=sys.stderr)
    return console.REFUSED if report.problems else console.OK


def summary(report: ConversionReport) -> str:
    """Say in one line how many records were kept, changed and dropped."""
    counts = {"kept": report.kept, "changed": report.changed, "dropped": report.dropped}
    line = ", ".join(f"{name} {sum(count.values()):,}" for name, count in counts.items())
    return f"{line}; problems {len(report.problems):,}."


def _convert(args: argparse.Namespace, write: Writer) -> ConversionReport:
    report = ConversionReport()
    items = list(_items(rows_of(args.source, format_id=args.source_format), report))
    if report.problems and not items:
        return report  # Nothing could be read: leave what is at OUT alone.
    with ExitStack() as stack:
        target = _target(args.target, stack)
        report.add(write(items, target))
        target.flush()
    return report


def _items(rows: Iterable[Row], report: ConversionReport) -> Iterator[Item]:
    for row in rows:
        report.notes.update(row.notes)
        if row.problem:
            report.problems.append(row.problem)
        if row.item:
            yield row.item


def _target(target: str, stack: ExitStack) -> BinaryIO:
    if target == STANDARD:
        return sys.stdout.buffer
    return stack.enter_context(Path(target).open("wb"))


def _same(source: str, target: str) -> bool:
    if STANDARD in (source, target):
        return False
    return Path(source).resolve() == Path(target).resolve()
