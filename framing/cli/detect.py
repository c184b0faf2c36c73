"""``detect IN``: propose annotations for the articles of a file or folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tqdm import tqdm

from framing.annotations import Annotation, Reading
from framing.cli import console
from framing.cli.events import Events
from framing.cli.source import STANDARD, rows_of
from framing.detectors.base import Detector, EventDetector, Suggestion
from framing.detectors.fallback import SilentDetector
from framing.detectors.languages import ENGLISH, shortcoming
from framing.detectors.model import ModelUnavailable
from framing.detectors.pipeline import DETECTORS, EVENT_DETECTORS, Pipeline, make_pipeline
from framing.documents import Document
from framing.formats.base import Item, Row
from framing.formats.jsonl_writer import encoded
from framing.problems import Problem

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(subparsers: Subparsers) -> None:
    """Describe the command."""
    known = [d.id for d in DETECTORS] + [d.id for d in EVENT_DETECTORS]
    parser = subparsers.add_parser(
        "detect",
        help="propose annotations for articles",
        description="Write each article, the annotations proposed for it, and a reading for each "
        "device that was looked for, as annotations JSONL. Omissions are looked for in articles "
        "that share an event.",
    )
    parser.add_argument(
        "source", metavar="IN", help="texts, documents JSONL, a folder, or - for standard input"
    )
    parser.add_argument(
        "--detector", metavar="ID", action="append", choices=known, default=[],
        help=f"one of: {', '.join(known)}; may be repeated; all when left out",
    )  # fmt: skip
    parser.add_argument("--event", metavar="NAME", default="",
                        help="the event of articles that name none, such as plain texts")
    parser.add_argument("-o", "--output", metavar="OUT", default=STANDARD, help="a file, or -")
    parser.add_argument("--language", default=ENGLISH, metavar="TAG",
                        help="the language of the articles, such as fr; en when left out")
    parser.add_argument("--model", default="",
                        help="a spaCy pipeline by name or path; the language's own when left out")
    parser.add_argument("--least-score", type=console.score, default=0.0, metavar="S",
                        help="leave out what scores less, 0 to 1")


def run(args: argparse.Namespace) -> int:
    """Detect; return 1 when anything was refused and 2 when there is no language model."""
    try:
        pipeline = _pipeline(args.model, args.language, args.detector)
    except ModelUnavailable as error:
        print(f"python -m framing detect: {error}", file=sys.stderr)
        return console.USAGE
    problems: list[Problem] = []
    documents = _documents(rows_of(args.source), args, problems)
    chosen = [d for d in EVENT_DETECTORS if not args.detector or d.id in args.detector]
    events = Events(chosen, pipeline.nlp.vocab)
    try:
        items = _items(pipeline, documents, events, args.least_score, problems)
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
    for note in events.notes:
        print(note, file=sys.stderr)
    return console.refuse(problems) if problems else console.OK


def proposed(
    document: Document, detector: Detector | EventDetector, found: Iterable[Suggestion]
) -> Iterator[Annotation]:
    """Yield the suggestions of one detector as annotations."""
    for number, suggestion in enumerate(found, start=1):
        yield Annotation(
            id=f"{document.id}:{detector.id}:{number}", document=document.id,
            annotator=detector.id, device=suggestion.device, label=suggestion.label,
            parts=suggestion.parts, attributes=suggestion.attributes, score=suggestion.score,
            reason=suggestion.reason, detector=detector.id, version=detector.version,
            rule=suggestion.rule,
        )


def _pipeline(model: str, language: str, chosen: list[str]) -> Pipeline:
    """Load the model with the chosen detectors that read one article at a time, maybe none."""
    pipeline = make_pipeline(model, language=language)
    wanted = [d for d in pipeline.detectors if not chosen or d.id in chosen]
    for detector in wanted:
        if note := shortcoming(detector.id, pipeline.model):
            print(note, file=sys.stderr)
    pipeline.detectors = tuple(d for d in wanted if not isinstance(d, SilentDetector))
    return pipeline


def _documents(
    rows: Iterable[Row], args: argparse.Namespace, problems: list[Problem]
) -> Iterator[Document]:
    """Yield the articles, with the event and language given for those that name none."""
    for row in rows:
        if row.problem:
            problems.append(row.problem)
        if isinstance(row.item, Document):
            yield replace(row.item, event=row.item.event or args.event,
                          language=row.item.language or args.language)


def _items(pipeline: Pipeline, documents: Iterable[Document], events: Events, least: float,
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
        events.add(document, doc)
    for document, event_detector, every in events.found():
        yield from proposed(document, event_detector, [s for s in every if s.score >= least])
        yield Reading(document.id, event_detector.id, event_detector.device)


def _write(items: Iterable[Item], target: BinaryIO) -> None:
    for item in items:
        target.write(encoded(item))
    target.flush()
