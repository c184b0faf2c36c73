"""A table of articles is read as the spreadsheet shows it."""

import io

import pytest

from framing.documents import Document
from framing.formats import table


def read(data):
    data = data.encode() if isinstance(data, str) else data
    return list(table.read(io.BytesIO(data), name="t.csv"))


def test_all_columns_are_read():
    (row,) = read(
        "id,title,outlet,event,published,url,language,text\n"
        "a,Dam,Post,dam,2026-05-04,https://example.org/a,de,Ein Tor\n"
    )
    assert row.number == 2
    assert row.item == Document(
        id="a", text="Ein Tor", title="Dam", outlet="Post", event="dam", published="2026-05-04",
        url="https://example.org/a", language="de",
    )  # fmt: skip


GOOD = [
    ("semicolon", "id;text\na;one, two\n", ["one, two"]),
    ("tab", "id\ttext\na\tone, two; three\n", ["one, two; three"]),
    ("one column", "text\none\n", ["one"]),
    ("sep line", "sep=;\nid;text\na;one\n", ["one"]),
    ("mark", b"\xef\xbb\xbftext,id\none,a\n", ["one"]),
    ("UTF-16", "id\ttext\na\tTör\n".encode("utf-16"), ["Tör"]),
    ("header in capitals", "ID, Text \na,one\n", ["one"]),
    ("quoted newline", 'text\n"one\r\ntwo"\n', ["one\ntwo"]),
    ("quoted quote", 'text\n"so ""called"""\n', ['so "called"']),
    ("quote inside an open cell", 'id,text\na,say "x" twice\n', ['say "x" twice']),
    ("no last newline", "text\none", ["one"]),
    ("empty cells behind", "id,text\na,one,,\n", ["one"]),
    ("CR as on old Macs", "id,text\ra,one\r", ["one"]),
    ("CRLF", "text\r\none\r\n", ["one"]),
    ("a field of 200,000 characters", "text\n" + "x" * 200_000, ["x" * 200_000]),
]


@pytest.mark.parametrize(("data", "texts"), [case[1:] for case in GOOD], ids=[c[0] for c in GOOD])
def test_the_usual_dialects_are_read(data, texts):
    assert [row.item.text for row in read(data)] == texts


def test_rows_are_counted_as_a_spreadsheet_does():
    rows = read('id,text\na,"one\nstill one"\n\n,\nb,\nc,three\n')
    assert [(row.number, bool(row.item)) for row in rows] == [(2, True), (5, False), (6, True)]
    assert rows[1].problem.place == "t.csv, row 5, text"


def test_unknown_columns_are_left_out_with_a_note():
    header, row = read("id,byline,text\na,Tor,one\n")
    assert header.notes == ("columns ignored: byline",)
    assert (header.item, header.problem) == (None, None)
    assert row.item.id == "a"


BAD = [
    ("no text column", "id;body\na;one\n", "row 1", "the columns found are: 'id', 'body'"),
    ("nothing", "", "row 1", "the columns found are: none"),
    ("two text columns", "text,text\na,b\n", "row 1", "'text' stands twice"),
    ("no text in the row", "id,text\na,\n", "row 2, text", "is empty"),
    ("Latin-1", b"id,text\na,caf\xe9\n", "row 2, text", "0xE9 is not UTF-8"),
    ("NUL", "id,text\na,b\0c\n", "row 2, text, line 1", "NUL"),
    ("too many cells", "id,text\na,one, two\n", "row 2", "has 3 cells, the header 2"),
    ("bad date", "published,text\n4.5.2026,one\n", "row 2, published", "ISO 8601"),
    ("bad address", "url,text\nexample.org,one\n", "row 2, url", "web address"),
    ("quote in a quoted cell", 'text\n"a"b"\n', "row 2", "do not fit together"),
    ("an unnamed column", ",text\n0,\n", "row 2, text", "is empty"),
    ("never closed", 'text\n"one\ntwo\n', "row 2", "never ends"),
    ("text too long", "text\n" + "x" * 2_000_001, "row 2, text", "2,000,001"),
    ("PDF", b"%PDF-1.4", "row 1", "a PDF file"),
]


@pytest.mark.parametrize(
    ("data", "place", "words"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_a_bad_row_is_refused_with_its_place_and_a_remedy(data, place, words):
    (row,) = [row for row in read(data) if row.problem]
    assert row.problem.place in (f"t.csv, {place}", "t.csv")
    assert words in row.problem.message
    assert row.problem.remedy


def test_a_bad_row_costs_only_itself():
    rows = read(b'id,text\na,one\nb,caf\xe9\nc,"x"y\nd,four\n')
    assert [row.item.id for row in rows if row.item] == ["a", "d"]
    assert [row.number for row in rows if row.problem] == [3, 4]


def test_an_endless_line_ends_the_reading_with_its_place():
    rows = read("text\none\n" + "x" * 10_000_000 + "\nthree\n")
    assert rows[0].item.text == "one"
    assert rows[1].problem.place == "t.csv, line 3"
    assert "longer than 9,000,000 bytes" in rows[1].problem.message


def test_the_same_text_twice_without_ids_is_refused_naming_the_first():
    rows = read("text\none\none\n")
    assert "already given in t.csv, row 2" in rows[1].problem.message
