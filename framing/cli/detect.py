"""``detect IN``: propose annotations for the articles of a file or folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tqdm import tqdm

from framing.annotations import Annotation, Reading
from framing.cli import console
from framing.cli.source import STANDARD, rows_of
from framing.detectors.base import Detector, Suggestion
from framing.detectors.model import DEFAULT_MODEL, ModelUnavailable
from framing.detectors.pipeline import DETECTORS, Pipeline, make_pipeline
from framing.documents import Document
from framing.formats.base import Item, Row
from framing.formats.jsonl_writer import encoded
from framing.problems import Problem

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(subparsers: Subparsers) -> None:
    """Describe the command."""
    known = [detector.id for detector in DETECTORS]
    parser = subparsers.add_parser(
        "detect",
        help="propose annotations for articles",
        description="Write each article, the annotations proposed for it, and a reading for each "
        "device that was looked for, as annotations JSONL.",
    )
    parser.add_argument(
        "source", metavar="IN", help="texts, documents JSONL, a folder, or - for standard input"
    )
    parser.add_argument(
        "--detector", metavar="ID", action="append", choices=known, default=[],
        help=f"one of: {', '.join(known)}; may be repeated; all when left out",
    )  # fmt: skip
    parser.add_argument("-o", "--output", metavar="OUT", default=STANDARD, help="a file, or -")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="a spaCy pipeline by name or path")
    parser.add_argument("--least-score", type=_score, default=0.0, metavar="S",
                        help="leave out what scores less, 0 to 1")


def run(args: argparse.Namespace) -> int:
    """Detect; return 1 when anything was refused and 2 when there is no language model."""
    try:
        pipeline = make_pipeline(args.model, detectors=args.detector)
    except ModelUnavailable as error:
        print(f"python -m framing detect: {error}", file=sys.stderr)
        return console.USAGE
    problems: list[Problem] = []
    documents = _documents(rows_of(args.source), problems)
    try:
        items = _items(pipeline, documents, args.least_score, problems)
        if args.output == STANDARD:
            _write(items, sys.stdout.buffer)
        else:
            with Path(args.output).open("wb") as target:
                _write(items, target)
    except BrokenPipeError:
        raise  # Whoever reads has enough: the command line ends quietly.
    except OSError as error:
        print(f"{error.filename or args.output}: {error.strerror}.", file=sys.stderr)
        return console.REFUSED
    return console.refuse(problems) if problems else console.OK


def proposed(
    document: Document, detector: Detector, found: Iterable[Suggestion]
) -> Iterator[Annotation]:
    """Yield the suggestions of one detector as annotations; the rule id ends the reason."""
    for number, suggestion in enumerate(found, start=1):
        yield Annotation(
            id=f"{document.id}:{detector.id}:{number}", document=document.id,
            annotator=detector.id, device=suggestion.device, label=suggestion.label,
            parts=suggestion.parts, attributes=suggestion.attributes, score=suggestion.score,
            reason=f"{suggestion.reason} [{suggestion.rule}]", detector=detector.id,
            version=detector.version,
        )


def _score(value: str) -> float:
    number = float(value)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{value} is not between 0 and 1")
    return number


def _documents(rows: Iterable[Row], problems: list[Problem]) -> Iterator[Document]:
    for row in rows:
        if row.problem:
            problems.append(row.problem)
        if isinstance(row.item, Document):
            yield row.item


def _items(pipeline: Pipeline, documents: Iterable[Document], least: float,
           problems: list[Problem]) -> Iterator[Item]:
    for document in tqdm(documents, unit="article", disable=None, leave=False, file=sys.stderr):
        try:
            doc = pipeline.parse(document.text)
        except ValueError as error:
            problems.append(Problem(document.id, f"{error}.", "Repair the text."))
            continue
        yield document
        for detector in pipeline.detectors:
            found = [s for s in detector.detect(doc) if s.score >= least]
            yield from proposed(document, detector, found)
            yield Reading(document.id, detector.id, detector.device)


def _write(items: Iterable[Item], target: BinaryIO) -> None:
    for item in items:
        target.write(encoded(item))
    target.flush()
