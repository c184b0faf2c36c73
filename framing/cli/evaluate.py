"""``evaluate GOLD PREDICTED``: precision, recall and F1 of annotations against gold."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from framing.annotations import Annotation
from framing.cli import console
from framing.cli.source import rows_of
from framing.documents import Document
from framing.evaluation import Score, evaluate
from framing.formats.base import Row
from framing.problems import Problem

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_HEAD = ("device", "role", "label", "measure", "precision", "recall", "F1", "95 %",
         "gold", "predicted")


@dataclass
class Side:
    """What one file says: its articles by id, and its annotations."""

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    annotations: list[Annotation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def add_parser(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "evaluate", help="compare predicted annotations with gold",
        description="Compare two annotation files of the same articles: strict, overlap, token "
        "Jaccard of at least one half, fractional and by token, for each role and label.",
    )
    parser.add_argument("gold", metavar="GOLD", help="annotations JSONL, a folder, or -")
    parser.add_argument("predicted", metavar="PREDICTED", help="annotations JSONL, a folder, or -")
    parser.add_argument("--device", help="keep one device")
    parser.add_argument("--annotator", help="keep one annotator of the gold file")
    parser.add_argument("--least-score", type=console.score, default=0.0, metavar="S",
                        help="leave out predictions that score less, 0 to 1")
    parser.add_argument("--bootstrap", type=int, default=0, metavar="N",
                        help="resamples of documents for the interval of F1, 0 for none")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.add_argument("--json", action="store_true", help="write the scores as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the scores; return 1 when the data are refused."""
    gold, predicted = (_side(name) for name in (args.gold, args.predicted))
    problems = gold.problems + predicted.problems + _mismatches(gold, predicted)
    problems += _unknown(gold, predicted, args.annotator, args.device)
    gold.annotations = [a for a in gold.annotations if args.annotator in (None, a.annotator)]
    problems += _crowded(gold, args.device)
    if problems:
        return console.refuse(problems)
    texts = gold.texts or predicted.texts
    left = [a for a in gold.annotations if args.device in (None, a.device)]
    right = [a for a in predicted.annotations if args.device in (None, a.device)
             and (a.score is None or a.score >= args.least_score)]
    try:
        scores = evaluate(left, right, texts, bootstrap=max(args.bootstrap, 0), seed=args.seed)
    except ValueError as error:
        return console.refuse([Problem("", f"{error}.", "Repair the offsets.")])
    _show(scores, as_json=args.json)
    _say_left_out(gold, predicted, texts)
    return console.OK


def _side(name: str) -> Side:
    side = Side(name)
    for row in rows_of(name):
        _take(side, row)
    return side


def _take(side: Side, row: Row) -> None:
    if row.problem:
        side.problems.append(row.problem)
    elif isinstance(row.item, Document):
        side.texts[row.item.id] = row.item.text
    elif isinstance(row.item, Annotation):
        side.annotations.append(row.item)


def _mismatches(gold: Side, predicted: Side) -> list[Problem]:
    found = []
    if not gold.texts and not predicted.texts:
        found.append(Problem(gold.name, "neither file holds the articles.",
                             "Add the document lines to one of them."))
    if gold.texts and predicted.texts and not gold.texts.keys() & predicted.texts.keys():
        found.append(Problem(predicted.name, "it holds none of the gold's articles.",
                             "Predict on the same articles, under the same ids."))
    for document, text in gold.texts.items():
        if predicted.texts.get(document, text) != text:
            found.append(Problem(f"{predicted.name}, document {document!r}",
                                 "its text is not the gold's.", "Predict on the same text."))
    return found


def _unknown(gold: Side, predicted: Side, annotator: str | None, device: str | None
             ) -> list[Problem]:
    """Refuse names that nobody has: an empty table would look like a result."""
    if gold.problems or predicted.problems:
        return []
    every = [*gold.annotations, *predicted.annotations]
    if not every:
        return [Problem(f"{gold.name}, {predicted.name}", "neither file holds annotations.",
                        "Choose files with annotations, such as annotations JSONL.")]
    found = []
    people, devices = {a.annotator for a in gold.annotations}, {a.device for a in every}
    if annotator is not None and annotator not in people:
        found.append(Problem(gold.name, f"it has no annotator {annotator!r}.",
                             f"It has: {', '.join(sorted(people)) or 'none'}."))
    if device is not None and device not in devices:
        found.append(Problem(f"{gold.name}, {predicted.name}", f"there is no device {device!r}.",
                             f"There are: {', '.join(sorted(devices))}."))
    return found


def _crowded(gold: Side, device: str | None) -> list[Problem]:
    """Refuse gold in which a device has several annotators: nobody could say whose is right."""
    by_device: dict[str, set[str]] = defaultdict(set)
    for annotation in gold.annotations:
        by_device[annotation.device].add(annotation.annotator)
    return [Problem(f"{gold.name}, device {name!r}", f"it has {len(annotators)} annotators.",
                    f"Choose one with --annotator: {', '.join(sorted(annotators))}.")
            for name, annotators in sorted(by_device.items())
            if len(annotators) > 1 and device in (None, name)]


def _say_left_out(gold: Side, predicted: Side, texts: Iterable[str]) -> None:
    known = set(texts)
    left = sum(a.document not in known for a in predicted.annotations)
    if left:
        print(f"{left:,} predictions on articles without gold were left out.", file=sys.stderr)
    missing = len(gold.texts.keys() - predicted.texts.keys()) if predicted.texts else 0
    if missing:
        print(f"Not in {predicted.name}, so that all they hold counts as missed: {missing:,} of "
              f"{len(gold.texts):,} gold articles.", file=sys.stderr)


def _show(scores: list[Score], *, as_json: bool) -> None:
    if as_json:
        console.show_json([asdict(score) for score in scores])
        return
    rows = [_HEAD, *(_row(score) for score in scores)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def _row(score: Score) -> tuple[str, ...]:
    low, high = score.interval or (None, None)
    interval = f"{_number(low)}-{_number(high)}" if score.interval else ""
    f1 = score.undefined or _number(score.f1)
    return (score.device, score.role, score.label or "all", score.measure,
            _number(score.precision), _number(score.recall), f1, interval,
            f"{score.gold:,}", f"{score.predicted:,}")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
