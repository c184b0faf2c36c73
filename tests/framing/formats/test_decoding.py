"""A text is right to the last character, or refused with its place."""

import pytest

from framing.formats.decoding import checked, decoded
from framing.problems import Problem

GOOD = [
    ("plain UTF-8", "Ein Tor fällt.".encode(), "Ein Tor fällt."),
    ("UTF-8 with mark", "Tor".encode("utf-8-sig"), "Tor"),
    ("a second mark is text", "\ufeffTor".encode("utf-8-sig"), "\ufeffTor"),
    ("UTF-16 little", b"\xff\xfe" + "Tör 😀".encode("utf-16-le"), "Tör 😀"),
    ("UTF-16 big", b"\xfe\xff" + "Tör 😀".encode("utf-16-be"), "Tör 😀"),
    ("CRLF", b"one\r\ntwo\r\n", "one\ntwo\n"),
    ("CR", b"one\rtwo", "one\ntwo"),
    ("CRCRLF are two newlines", b"one\r\r\ntwo", "one\n\ntwo"),
    ("tabs and blanks stay", b" \tone  \n", " \tone  \n"),
    ("line separators stay", "one\u2028two\x85".encode(), "one\u2028two\x85"),
    ("no normal form is chosen", "e\u0301 \u00e9".encode(), "e\u0301 \u00e9"),
    ("a text about PDF", b"The %PDF- mark", "The %PDF- mark"),
]


@pytest.mark.parametrize(("data", "text"), [case[1:] for case in GOOD], ids=[c[0] for c in GOOD])
def test_a_text_is_decoded_and_nothing_but_newlines_changes(data, text):
    assert decoded(data, place="a.txt") == text


BAD = [
    ("empty", b"", "a.txt", "is empty"),
    ("only a mark", b"\xef\xbb\xbf", "a.txt", "is empty"),
    ("white space", b" \r\n\t ", "a.txt", "only white space"),
    ("Latin-1", b"one\ncaf\xe9 two", "a.txt, line 2, byte 8", "0xE9 is not valid UTF-8"),
    ("Latin-1 behind a mark", b"\xef\xbb\xbfcaf\xe9", "a.txt, line 1, byte 7", "0xE9"),
    ("cut off", "Tö".encode()[:-1], "a.txt, line 1, byte 2", "0xC3"),
    ("coded surrogate", b"a\xed\xa0\x80", "a.txt, line 1, byte 2", "not valid UTF-8"),
    ("overlong", b"\xc0\x80", "a.txt, line 1, byte 1", "0xC0"),
    ("half a UTF-16 pair", b"\xff\xfea\x00\x00\xd8", "a.txt, line 1, byte 5", "UTF-16"),
    ("odd UTF-16", b"\xff\xfea\x00b", "a.txt, line 1, byte 5", "UTF-16"),
    ("UTF-16 without mark", "ab".encode("utf-16-le"), "a.txt, line 1", "NUL"),
    ("UTF-32", "ab".encode("utf-32"), "a.txt", "UTF-32"),
    ("NUL", b"one\r\ntwo\0", "a.txt, line 2", "character 8 is a NUL"),
    ("escape", b"\x1b[1mone", "a.txt, line 1", "U+001B"),
    ("form feed", b"one\x0ctwo", "a.txt, line 1", "character 4 is a control character (U+000C)"),
    ("PDF", b"%PDF-1.7\n", "a.txt", "a PDF file"),
    ("PNG", b"\x89PNG\r\n\x1a\n", "a.txt", "a PNG image"),
    ("JPEG", b"\xff\xd8\xff\xe0", "a.txt", "a JPEG image"),
    ("GIF", b"GIF89a...", "a.txt", "a GIF image"),
    ("RTF", b"{\\rtf1 x}", "a.txt", "an RTF document"),
    ("old Word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.txt", "an old Office document"),
    ("gzip", b"\x1f\x8b\x08", "a.txt", "gzip"),
    ("SQLite", b"SQLite format 3\0", "a.txt", "SQLite"),
    ("ZIP", b"PK\x03\x04 one.txt", "a.txt", "a ZIP archive"),
    ("Word", b"PK\x03\x04[Content_Types].xml word/document.xml", "a.txt", "Word document"),
    ("Excel", b"PK\x03\x04[Content_Types].xml xl/workbook.xml", "a.txt", "Excel workbook"),
    ("OpenDocument", b"PK\x03\x04 mimetypeapplication/vnd.oasis.x", "a.txt", "OpenDocument"),
    ("over the limit", b"x" * 101, "a.txt", "at least 101 characters; an article has at most 100"),
]


@pytest.mark.parametrize(
    ("data", "place", "words"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_a_bad_text_is_refused_with_its_place_and_a_remedy(data, place, words):
    problem = decoded(data, place="a.txt", limit=100)
    assert isinstance(problem, Problem)
    assert problem.place == place
    assert words in problem.message
    assert problem.remedy


def test_a_lone_surrogate_from_json_is_refused():
    problem = checked("one\n\ud83d", place="row 3")
    assert isinstance(problem, Problem)
    assert problem.place == "row 3, line 2"
    assert "half a surrogate pair (U+D83D)" in problem.message


def test_the_limit_counts_code_points_and_not_bytes():
    assert decoded("😀".encode() * 100, place="a.txt", limit=100) == "😀" * 100
