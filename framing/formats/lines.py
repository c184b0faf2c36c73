"""Lines of a stream that may be large, wrongly encoded or one endless line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from framing.formats.decoding import TEXT_LIMIT, binary_problem
from framing.problems import Problem

LINE_LIMIT = 4 * TEXT_LIMIT + 1_000_000
"""Bytes of one line: an article of the greatest size and everything said about it."""

_CHUNK = 1 << 16


def lines(stream: BinaryIO, *, name: str, limit: int = LINE_LIMIT) -> Iterator[bytes | Problem]:
    """Yield each line as UTF-8 bytes without its newline, or a Problem in its place.

    A line over the limit is skipped to its end; a file that is no text is one Problem. UTF-8 is
    not checked here, so that a bad byte costs no more than its own line.
    """
    pending = bytearray()
    number, too_long = 1, False
    for chunk in _with_lf(_utf8(stream, name)):
        if isinstance(chunk, Problem):
            yield chunk
            return
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            too_long = too_long or len(pending) + len(piece) > limit
            yield _too_long(name, number, limit) if too_long else bytes(pending + piece)
            pending.clear()
            number, too_long = number + 1, False
        too_long = too_long or len(pending) + len(rest) > limit
        pending += b"" if too_long else rest
    if pending or too_long:
        yield _too_long(name, number, limit) if too_long else bytes(pending)


def _with_lf(chunks: Iterator[bytes | Problem]) -> Iterator[bytes | Problem]:
    held = b""
    for chunk in chunks:
        if isinstance(chunk, Problem):
            yield chunk
            return
        chunk = held + chunk
        held = b"\r" if chunk.endswith(b"\r") else b""  # its LF may come with the next chunk
        chunk = chunk.removesuffix(b"\r")
        yield chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    yield held.replace(b"\r", b"\n")


def _utf8(stream: BinaryIO, name: str) -> Iterator[bytes | Problem]:
    head = stream.read(_CHUNK)
    problem = binary_problem(head, place=name)
    if problem:
        yield problem
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from _from_utf16(head, stream, name)
    else:
        yield head.removeprefix(codecs.BOM_UTF8)
        while chunk := stream.read(_CHUNK):
            yield chunk


def _from_utf16(head: bytes, stream: BinaryIO, name: str) -> Iterator[bytes | Problem]:
    decoder = codecs.getincrementaldecoder("utf-16")("strict")
    try:
        while head:
            yield decoder.decode(head).encode()
            head = stream.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        message = "the UTF-16 text is damaged; nothing after this place was read."
        yield Problem(name, message, "Save the file as UTF-8 and import it again.")


def _too_long(name: str, number: int, limit: int) -> Problem:
    return Problem(
        f"{name}, line {number}",
        f"the line is longer than {limit:,} bytes.",
        f"An article has at most {TEXT_LIMIT:,} characters: split it.",
    )
