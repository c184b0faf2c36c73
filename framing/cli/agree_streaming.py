"""Long input measured in blocks of whole documents, whatever its length."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from framing.agreement import DataError, Report, Structures, Study, measure_blocks
from framing.agreement.on_disk import OnDisk
from framing.agreement.sources import annotation_rows, collection_rows, read_blocks
from framing.agreement.streaming import Way, can_stream
from framing.agreement.tables import OutOfOrder
from framing.cli import agree_reading
from framing.cli.agree_options import UsageError

# A table of units longer than this many bytes is measured in blocks.
LONG = 8_000_000
ROWS_AT_ONCE = 100_000
ANNOTATIONS_AT_ONCE = 20_000

View = tuple[bool, str | None]
"""What measures can be computed from together: whole annotations or spans, and of which label."""


def streamed(args: argparse.Namespace, ways: list[Way]) -> list[Report] | None:
    """Return the reports of annotations, or of a long table of units; None for what must be
    in memory at once."""
    if args.pairwise or args.camps or args.of != "spans" or not can_stream(ways):
        return None
    if args.input == agree_reading.STANDARD:
        rows = annotation_rows(sys.stdin.buffer, name="standard input")
        return _annotations(OnDisk.of(rows, name="standard input"), ways, args) if rows else None
    path = Path(args.input)
    if agree_reading.is_collection(path):
        return _annotations(OnDisk.of(collection_rows(path), name=path.name), ways, args)
    with agree_reading.opened(path) as stream:
        rows = annotation_rows(stream, name=path.name)
        source = OnDisk.of(rows, name=path.name) if rows else None
    if source is not None:
        return _annotations(source, ways, args)
    with suppress(OutOfOrder):
        return _table(path, ways, args)
    return None


def _annotations(source: OnDisk, ways: list[Way], args: argparse.Namespace) -> list[Report]:
    agree_reading.refuse_missing(args)
    devices = [args.device] if args.device else sorted(source.devices)
    return [report for device in devices for report in _of_device(source, device, ways, args)]


def _of_device(source: OnDisk, device: str, ways: list[Way], args: argparse.Namespace
               ) -> list[Report]:
    about = [agree_reading.chosen(device, id, args) for id, _ in ways]
    places: dict[View, list[int]] = {}
    for place, (id, _) in enumerate(ways):
        view = agree_reading.compares_wholes(id), agree_reading.kept_label(id, args)
        places.setdefault(view, []).append(place)
    found: dict[int, Report] = {}
    for (wholes, label), chosen in places.items():
        blocks = _structures(source, device) if wholes else _spans(source, device, label, args)
        found |= zip(chosen, _measured(blocks, [ways[place] for place in chosen], args),
                     strict=True)
    return [replace(found[place], parameters={**about[place], **found[place].parameters})
            for place in range(len(ways))]


def _spans(source: OnDisk, device: str, label: str | None, args: argparse.Namespace
           ) -> Iterator[Study]:
    source.check(device, role=args.role)
    return _labeled((block.study(device=device, role=args.role, level=args.by)
                     for block in source.blocks(device, at_once=ANNOTATIONS_AT_ONCE)), label)


def _structures(source: OnDisk, device: str) -> Iterator[Structures]:
    source.check(device)
    return (block.structures(device=device)
            for block in source.blocks(device, at_once=ANNOTATIONS_AT_ONCE))


def _table(path: Path, ways: list[Way], args: argparse.Namespace) -> list[Report] | None:
    if path.stat().st_size <= LONG or args.missing:
        return None
    agree_reading.refuse_choices_of_annotations(args)
    labels = {agree_reading.kept_label(id, args) for id, _ in ways}
    if len(labels) > 1:
        return None
    with agree_reading.opened(path) as stream:
        blocks = read_blocks(stream, name=path.name, at_once=ROWS_AT_ONCE)
        if blocks is None:
            return None
        reports = _measured(_labeled(blocks, labels.pop()), ways, args)
    return [replace(report, parameters={**agree_reading.chosen("", report.measure, args),
                                        **report.parameters}) for report in reports]


def _labeled(blocks: Iterable[Study], label: str | None) -> Iterator[Study]:
    """Keep the units of one label, which some block must have."""
    seen: set[str] = set()
    for block in blocks:
        seen |= set(block.labels)
        yield block if label is None else block.restricted(labels={label})
    if label is not None and label not in seen:
        raise agree_reading.no_such_label(label, sorted(seen))


def _measured(blocks: Iterable[Study] | Iterable[Structures], ways: list[Way],
              args: argparse.Namespace) -> list[Report]:
    shown = tqdm(blocks, desc="measuring", unit=" blocks", disable=None, leave=False,
                 file=sys.stderr)
    try:
        return measure_blocks(shown, ways, pool=args.pool, resamples=args.bootstrap,
                              seed=args.seed)
    except DataError:
        raise
    except ValueError as error:
        raise UsageError(str(error)) from None
