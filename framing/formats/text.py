"""Plain text: one file is one article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from framing.documents import Document
from framing.formats.base import Row
from framing.formats.decoding import TEXT_LIMIT, decoded
from framing.formats.fields import Fields, RefusedError
from framing.problems import Problem

TITLE_LIMIT = 200


def read(stream: BinaryIO, *, name: str, limit: int = TEXT_LIMIT) -> Iterator[Row]:
    """Yield the one article; its id is the file's name without the ending."""
    data = stream.read(4 * limit + 5)
    text = decoded(data, place=name, limit=limit)
    if isinstance(text, Problem):
        yield Row(name, 1, problem=text)
    else:
        stem = PurePosixPath(name.replace("\\", "/")).stem or name
        yield named(Row(name, 1, Document(id=stem, text=text, title=title_of(text))), stem)


def named(row: Row, id: str) -> Row:
    """Return the row with its article under this id, or why no article can have it."""
    if not isinstance(row.item, Document):
        return row
    try:
        good = Fields({"id": id}, place=row.place).required("id")
    except RefusedError as refused:
        return replace(row, item=None, problem=refused.problem)
    return replace(row, item=replace(row.item, id=good))


def title_of(text: str) -> str:
    """Return the first line that is not empty, or nothing if it is too long for a headline."""
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return line if len(line) <= TITLE_LIMIT else ""
