"""ZIP archives of texts, JSONL and CSV, read in place: nothing is ever written to disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from framing.formats import jsonl, table, text
from framing.formats.base import Reader, Row, some, unique
from framing.problems import Problem

MEMBER_LIMIT = 5_000
BYTE_LIMIT = 200_000_000
RATIO_LIMIT = 100

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".jsonl": jsonl.rows,
    ".ndjson": jsonl.rows,
    ".csv": table.read,
    ".tsv": table.read,
}
_ARCHIVES = {".zip", ".gz", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz"}
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
_DIRECTORY_LIMIT = MEMBER_LIMIT * 1_000


def read(stream: BinaryIO, *, name: str) -> Iterator[Row]:
    """Yield the rows of every member in the archive's order, and a row for each refused one."""
    return some(unique(_rows(stream, name)), name)


def _rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    try:
        seekable = _seekable(stream)
        if problem := _directory_problem(seekable, name):
            yield Row(name, 0, problem=problem)
            return
        with zipfile.ZipFile(seekable) as archive:
            yield from _members(archive, name)
    except _DAMAGE:
        problem = Problem(name, "this is no ZIP archive, or it is damaged.", "Make it again.")
        yield Row(name, 0, problem=problem)


def _seekable(stream: BinaryIO) -> BinaryIO:
    return stream if stream.seekable() else io.BytesIO(stream.read(BYTE_LIMIT + 1))


def _directory_problem(stream: BinaryIO, name: str) -> Problem | None:
    """Refuse a huge table of contents before ``zipfile`` builds an object for every entry."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 66_000))
    tail = stream.read(66_000)
    stream.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end >= 20 and tail[end - 20 : end - 16] == b"PK\x06\x07":
        message = "the archive has the ZIP64 form, which is for very large ones."
        return Problem(name, message, "Split it into several archives.")
    declared = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    return _too_many(name) if declared > _DIRECTORY_LIMIT else None


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[Row]:
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    if len(infos) > MEMBER_LIMIT:
        yield Row(name, 0, problem=_too_many(name))
        return
    if size > BYTE_LIMIT:
        message = f"unpacked it has {size:,} bytes, more than {BYTE_LIMIT:,}."
        yield Row(name, 0, problem=Problem(name, message, "Split it into several archives."))
        return
    stems = Counter(PurePosixPath(info.filename).stem for info in infos if _wanted(info.filename))
    for number, info in enumerate(infos, start=1):
        place = f"{name}/{info.filename}"
        if problem := _misplaced(info, place):
            yield Row(place, number, problem=problem)
        elif skipped := _skipped(info):
            yield Row(place, number, notes=(skipped,))
        elif problem := _refused(info, place):
            yield Row(place, number, problem=problem)
        else:
            yield from _member(archive, info, place, number, stems)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, number: int, stems: Counter[str]
) -> Iterator[Row]:
    path = PurePosixPath(info.filename)
    try:
        with archive.open(info) as stream:
            for row in READERS[path.suffix.lower()](stream, name=place):  # type: ignore[arg-type]
                yield _numbered(row, path, number, stems)
    except _DAMAGE as error:
        problem = Problem(place, f"this member cannot be unpacked ({error}).", "Make it again.")
        yield Row(place, number, problem=problem)


def _numbered(row: Row, path: PurePosixPath, number: int, stems: Counter[str]) -> Row:
    """A text is counted as a member and named by its path when another has the same name."""
    if path.suffix.lower() != ".txt":
        return row
    if stems[path.stem] > 1:
        row = text.named(row, str(path.with_suffix("")))
    return replace(row, number=number)


def _skipped(info: zipfile.ZipInfo) -> str:
    parts = PurePosixPath(info.filename).parts
    if info.is_dir():
        return "skipped: a folder"
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return "skipped: a hidden file"
    return ""


def _misplaced(info: zipfile.ZipInfo, place: str) -> Problem | None:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        return Problem(place, "the name points outside the archive.", "Use a plain file name.")
    return None


def _refused(info: zipfile.ZipInfo, place: str) -> Problem | None:
    name = info.filename
    suffix = PurePosixPath(name).suffix.lower()
    if stat.S_ISLNK(info.external_attr >> 16):
        return Problem(place, "this is a link, not a file.", "Put the file itself in the archive.")
    if info.flag_bits & 1:
        return Problem(place, "this member is encrypted.", "Make the archive without a password.")
    if info.compress_type not in _COMPRESSIONS:
        # Others are unpacked without a bound on the memory that they take.
        return Problem(place, "its compression is not read.", "Use the usual one (deflate).")
    if suffix in _ARCHIVES:
        return Problem(place, "an archive inside an archive is not read.", "Unpack it first.")
    if not _wanted(name):
        known = ", ".join(READERS)
        message = f"files of the kind {suffix or name!r} are not read."
        return Problem(place, message, f"Use {known}.")
    if info.file_size > RATIO_LIMIT * max(info.compress_size, 1):
        message = f"it unpacks to more than {RATIO_LIMIT} times its size."
        return Problem(place, message, "No article does: leave it out.")
    return None


def _wanted(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in READERS


def _too_many(name: str) -> Problem:
    message = f"the archive has more than {MEMBER_LIMIT:,} members."
    return Problem(name, message, "Split it into several archives.")
