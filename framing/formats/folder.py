"""A folder of texts, JSONL and CSV on this computer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from framing.formats import text
from framing.formats.archive import READERS
from framing.formats.base import Row, some, unique
from framing.problems import Problem


def readable(path: Path) -> str:
    """Return a path that can be shown and stored: what is not UTF-8 in it becomes ``?``."""
    return path.as_posix().encode("utf-8", "replace").decode()


def read(path: Path) -> Iterator[Row]:
    """Yield the rows of every file below ``path`` in the order of their names."""
    return unique(rows(path))


def rows(path: Path) -> Iterator[Row]:
    """Yield the same rows without looking for ids given twice."""
    return some(_rows(path), readable(path))


def _rows(path: Path) -> Iterator[Row]:
    files = sorted(file for file in path.rglob("*") if file.is_file())
    stems = Counter(file.stem for file in files if file.suffix.lower() in READERS)
    for number, file in enumerate(files, start=1):
        if file.suffix.lower() in READERS:
            yield from _file(file, path, number, stems)
        else:
            yield Row(readable(file), number, notes=("skipped: not a kind that is read",))


def _file(file: Path, folder: Path, number: int, stems: Counter[str]) -> Iterator[Row]:
    suffix = file.suffix.lower()
    try:
        with file.open("rb") as stream:
            rows = READERS[suffix](stream, name=readable(file))
            if suffix == ".txt":
                rows = (_named(row, file.relative_to(folder), number, stems) for row in rows)
            yield from rows
    except OSError as error:
        problem = Problem(readable(file), f"{error.strerror}.", "Check that you may read it.")
        yield Row(readable(file), number, problem=problem)


def _named(row: Row, path: Path, number: int, stems: Counter[str]) -> Row:
    if stems[path.stem] > 1:
        row = text.named(row, readable(path.with_suffix("")))
    return replace(row, number=number)
