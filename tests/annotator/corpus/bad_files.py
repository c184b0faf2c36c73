"""Files that people hand in by mistake, with a word of the reason each must be given."""

from __future__ import annotations

import io
import zipfile

GOOD = "A good text about a dam."


def archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return stream.getvalue()


# name, bytes, how many articles come in, (place, word of the reason) of each refused row
BAD_FILES: dict[str, tuple[str, bytes, int, list[tuple[str, str]]]] = {
    "empty text": ("empty.txt", b"", 0, [("empty.txt", "empty")]),
    "only blanks": ("blank.txt", b" \n\t\n", 0, [("blank.txt", "white space")]),
    "binary": ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 0, [("photo.txt", "PNG")]),
    "latin-1": ("latin.txt", "Café".encode("latin-1"), 0, [("latin.txt, line 1", "0xE9")]),
    "NUL": ("nul.txt", b"one\ntwo\x00", 0, [("nul.txt, line 2", "NUL")]),
    "other kind": ("paper.docx", b"hello", 0, [("paper.docx", ".docx")]),
    "PDF": ("paper.pdf", b"%PDF-1.4 x", 0, [("paper.pdf", "PDF")]),
    "no rows": ("none.jsonl", b"\n\n", 0, [("none.jsonl", "")]),
    "no text column": ("names.csv", b"id,title\na,b\n", 0, [("names.csv", "text")]),
    "one bad row": (
        "mixed.csv",
        f'id,text\na,"{GOOD}"\nb,\nc,"Another text."\n'.encode(),
        2,
        [("mixed.csv, row 3", "empty")],
    ),
    "one bad line": (
        "mixed.jsonl",
        b'{"text": "First."}\n{"text": \n{"text": "Third."}\n',
        2,
        [("mixed.jsonl, line 2", "JSON")],
    ),
    "path tricks": (
        "tricks.zip",
        archive({"../../evil.txt": b"Evil.", "good.txt": GOOD.encode()}),
        1,
        [("tricks.zip/../../evil.txt", "outside")],
    ),
    "archive of nothing": ("bare.zip", archive({}), 0, [("bare.zip", "")]),
    "damaged archive": ("broken.zip", b"PK\x03\x04 no more", 0, [("broken.zip", "ZIP")]),
    "title too long": (
        "long.jsonl",
        b'{"text": "A text.", "title": "' + b"t" * 501 + b'"}\n',
        0,
        [("long.jsonl, ", "500")],
    ),
}
