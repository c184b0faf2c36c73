"""From bytes to text, strictly: a text is right to the last character, or refused with its place.

Accepted are UTF-8 with or without byte order mark, and UTF-16 with one. CRLF and CR become LF;
nothing else changes, because every later change would move somebody's annotation.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from framing.problems import Problem

TEXT_LIMIT = 2_000_000
"""Code points in one article. The longest article of the field's corpora has about 40,000."""

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_SAVE_AS_TEXT = "Save it as plain text in UTF-8 and import that file."
_SAVE_AS_UTF8 = "Save the file as UTF-8 and import it again."

_ENCODINGS = (
    (BOM_UTF8, "utf-8", "UTF-8"),
    (BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    (b"", "utf-8", "UTF-8"),
)
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF file", _SAVE_AS_TEXT),
    (b"\x89PNG\r\n", "a PNG image", "Import the text of the article, not a picture of it."),
    (b"\xff\xd8\xff", "a JPEG image", "Import the text of the article, not a picture of it."),
    (b"GIF87a", "a GIF image", "Import the text of the article, not a picture of it."),
    (b"GIF89a", "a GIF image", "Import the text of the article, not a picture of it."),
    (b"{\\rtf", "an RTF document", _SAVE_AS_TEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls)", _SAVE_AS_TEXT),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and import the file inside."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it and import the texts as .zip."),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it and import the texts as .zip."),
    (b"SQLite format 3\x00", "an SQLite database", "Export its texts as JSONL or CSV."),
    (b"\x7fELF", "a program", "Choose the file that holds the article."),
)
_OFFICE: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", "a Word document (.docx)", _SAVE_AS_TEXT),
    (b"xl/", "an Excel workbook (.xlsx)", "Save it as CSV in UTF-8 and import that file."),
    (b"", "an Office document", _SAVE_AS_TEXT),
)
_ZIPPED: tuple[tuple[bytes, str, str], ...] = (
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file", _SAVE_AS_TEXT),
    (b"mimetypeapplication/epub", "an EPUB book", _SAVE_AS_TEXT),
    (b"", "a ZIP archive", "Give it the ending .zip, or unpack it and import the texts."),
)


def decoded(data: bytes, *, place: str, limit: int = TEXT_LIMIT) -> str | Problem:
    """Return the text of a whole file, or what is wrong with it."""
    text = (
        binary_problem(data, place=place)
        or (_too_long(len(data) // 4, place, limit) if len(data) > 4 * limit + 4 else None)
        or unicode_text(data, place=place)
    )
    return text if isinstance(text, Problem) else checked(text, place=place, limit=limit)


def checked(text: str, *, place: str, limit: int = TEXT_LIMIT) -> str | Problem:
    """Return an article's text with LF newlines, or why it cannot be stored."""
    text = lf(text)
    if len(text) > limit:
        return _too_long(len(text), place, limit)
    if not text.strip():
        state = "holds only white space" if text else "is empty"
        return Problem(place, f"the text {state}.", "Give the text of an article.")
    return forbidden(text, place=place) or text


def lf(text: str) -> str:
    """Turn CRLF and CR into LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def forbidden(text: str, *, place: str) -> Problem | None:
    """Name the first control character or lone surrogate, which no stored text may hold."""
    found = _FORBIDDEN.search(text)
    if found is None:
        return None
    where = f"{place}, line {text.count(chr(10), 0, found.start()) + 1}"
    code = ord(found.group())
    if code >= 0xD800:
        what = f"half a surrogate pair (U+{code:04X})"
        remedy = "Repair the damaged character where the text was exported."
    else:
        what = "a NUL character" if code == 0 else f"a control character (U+{code:04X})"
        remedy = "Remove it; tab and newline are the only control characters allowed."
    return Problem(where, f"character {found.start() + 1} is {what}.", remedy)


def binary_problem(data: bytes, *, place: str) -> Problem | None:
    """Recognise files that are no text by how they begin."""
    guess = _kind(data)
    if guess:
        return Problem(place, f"this looks like {guess[0]}, not like text.", guess[1])
    if data.startswith((BOM_UTF32_LE, BOM_UTF32_BE)):
        return Problem(place, "the text is in UTF-32.", _SAVE_AS_UTF8)
    return None


def unicode_text(data: bytes, *, place: str) -> str | Problem:
    """Decode by the byte order mark, as UTF-8 without one; the mark itself is left out."""
    mark, codec, name = next(entry for entry in _ENCODINGS if data.startswith(entry[0]))
    body = data[len(mark) :]
    try:
        return body.decode(codec)
    except UnicodeDecodeError as error:
        line = body[: error.start].decode(codec, "replace").count("\n") + 1
        byte = f"0x{body[error.start]:02X}"
        where = f"{place}, line {line}, byte {error.start + len(mark) + 1}"
        return Problem(where, f"{byte} is not valid {name}.", _SAVE_AS_UTF8)


def _kind(data: bytes) -> tuple[str, str] | None:
    for magic, name, remedy in _MAGIC:
        if data.startswith(magic):
            return name, remedy
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        table = _OFFICE if b"[Content_Types].xml" in data[:4096] else _ZIPPED
        return next((name, remedy) for part, name, remedy in table if part in data)
    return None


def _too_long(length: int, place: str, limit: int) -> Problem:
    return Problem(
        place,
        f"the text has at least {length:,} characters; an article has at most {limit:,}.",
        "Split it into articles.",
    )
