"""Make one file of a folder, so that a folder is imported like everything else."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from framing.formats.archive import BYTE_LIMIT, MEMBER_LIMIT, READERS

# Members carry no time of their own, so that the same folder gives the same bytes.
_WHEN = (1980, 1, 1, 0, 0, 0)


def sorted_out(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files below the folder that are read, and those that are not, by name."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    wanted = [file for file in files if file.suffix.lower() in READERS]
    return wanted, [file for file in files if file.suffix.lower() not in READERS]


def packed(folder: Path, files: Sequence[Path]) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the files as archives that keep to the limits of an import, with their names."""
    parts = list(_parts(files))
    for number, part in enumerate(parts, start=1):
        suffix = f" {number} of {len(parts)}" if len(parts) > 1 else ""
        with TemporaryFile() as stream:
            with zipfile.ZipFile(stream, "w") as archive:
                for file in part:
                    member = zipfile.ZipInfo(_name(file.relative_to(folder)), _WHEN)
                    archive.writestr(member, file.read_bytes())
            stream.seek(0)
            yield f"{folder.resolve().name}{suffix}.zip", stream


def _name(path: Path) -> str:
    """Return the path as text; bytes of a name that are no text become question marks."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def _parts(files: Sequence[Path]) -> Iterator[list[Path]]:
    part: list[Path] = []
    size = 0
    for file in files:
        weight = file.stat().st_size
        if part and (len(part) == MEMBER_LIMIT or size + weight > BYTE_LIMIT):
            yield part
            part, size = [], 0
        part.append(file)
        size += weight
    if part:
        yield part
