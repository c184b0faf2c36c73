"""Where a command reads from: a file, a folder or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from framing.formats import catalog
from framing.formats.base import Row

STANDARD = "-"


def rows_of(source: str, *, format_id: str = "") -> Iterator[Row]:
    """Yield the rows of the named file or folder, or of standard input for ``-``."""
    if source == STANDARD:
        return catalog.read(sys.stdin.buffer, name="stdin", format_id=format_id)
    return catalog.read_path(Path(source), format_id=format_id)
