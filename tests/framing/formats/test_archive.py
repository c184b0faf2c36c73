"""Archives are read in place, and nothing in them can hurt or hide."""

import io
import stat
import struct
import zipfile

import pytest

from framing.formats import archive, catalog


def packed(*members, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as target:
        for name, data in members:
            target.writestr(name, data)
    return stream.getvalue()


def read(data):
    return list(archive.read(io.BytesIO(data), name="z.zip"))


def test_texts_lines_and_tables_are_read_and_the_rest_is_named():
    data = packed(
        ("one.txt", "Uno"),
        ("folder/", ""),
        ("two.jsonl", '{"id":"two","text":"Due"}\n{"id":"bad"}\n'),
        ("three.csv", "id,text\nthree,Tre\n"),
        ("__MACOSX/._one.txt", "x"),
        (".hidden.txt", "x"),
        ("photo.png", "x"),
    )
    rows = read(data)
    assert [row.item.id for row in rows if row.item] == ["one", "two", "three"]
    assert [row.notes[0] for row in rows if row.notes] == [
        "skipped: a folder", "skipped: a hidden file", "skipped: a hidden file",
    ]  # fmt: skip
    assert [row.problem.place for row in rows if row.problem] == [
        "z.zip/two.jsonl, line 2, type", "z.zip/photo.png",
    ]  # fmt: skip


def test_texts_of_the_same_name_are_called_by_their_path():
    rows = read(packed(("left/4.txt", "x"), ("right/4.txt", "y"), ("5.txt", "z")))
    assert [row.item.id for row in rows] == ["left/4", "right/4", "5"]


def test_an_id_in_two_members_is_refused_the_second_time():
    rows = read(packed(("a.txt", "x"), ("b.jsonl", '{"id":"a","text":"y"}')))
    assert "'a' was already given in z.zip/a.txt" in rows[1].problem.message


REFUSED = [
    ("../evil.txt", "x", "points outside"),
    ("a/../../evil.txt", "x", "points outside"),
    ("/etc/passwd.txt", "x", "points outside"),
    ("C:/evil.txt", "x", "points outside"),
    ("..\\evil.txt", "x", "points outside"),
    ("inner.zip", "x", "archive inside an archive"),
    ("inner.tar.gz", "x", "archive inside an archive"),
    ("word.docx", "x", "'.docx' are not read"),
    ("README", "x", "'README' are not read"),
    ("bomb.txt", "0" * 1_000_000, "more than 100 times"),
    ("empty.txt", "", "is empty"),
    ("latin.txt", b"caf\xe9", "not valid UTF-8"),
]


@pytest.mark.parametrize(("name", "content", "words"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_bad_member_has_its_own_row_and_the_others_are_kept(name, content, words):
    rows = read(packed(("good.txt", "x"), (name, content), ("fine.txt", "y")))
    assert [row.item.id for row in rows if row.item] == ["good", "fine"]
    (bad,) = [row for row in rows if row.problem]
    assert bad.number == 2
    assert bad.problem.place.startswith(f"z.zip/{name}")
    assert words in bad.problem.message
    assert bad.problem.remedy


def test_an_encrypted_member_is_refused():
    data = bytearray(packed(("a.txt", "x")))
    entry = data.find(b"PK\x01\x02")
    data[entry + 8] |= 1
    (row,) = read(bytes(data))
    assert "encrypted" in row.problem.message


def test_a_link_is_refused():
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    (row,) = read(packed((link, "/etc/passwd")))
    assert "is a link" in row.problem.message


def test_a_member_whose_bytes_are_damaged_costs_only_itself():
    data = packed(("a.txt", "Agitators"), ("b.txt", "x"), compression=zipfile.ZIP_STORED)
    rows = read(data.replace(b"Agitators", b"agitators"))
    assert "cannot be unpacked" in rows[0].problem.message
    assert rows[1].item.id == "b"


def test_an_unknown_compression_is_refused():
    data = bytearray(packed(("a.txt", "x")))
    entry = data.find(b"PK\x01\x02")
    data[entry + 10 : entry + 12] = struct.pack("<H", 99)
    (row,) = read(bytes(data))
    assert "its compression is not read" in row.problem.message


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_unpack_without_bound_are_refused(compression):
    (row,) = read(packed(("a.txt", "x"), compression=compression))
    assert "its compression is not read" in row.problem.message


def test_an_archive_in_zip64_form_is_refused():
    data = packed(("a.txt", "x"))
    end = data.rfind(b"PK\x05\x06")
    (row,) = read(data[:end] + b"PK\x06\x07" + bytes(16) + data[end:])
    assert "ZIP64" in row.problem.message


@pytest.mark.parametrize("name", ["a\nb.txt", "a\tb.txt", "a\x1bb.txt", "x" * 1001 + ".txt"])
def test_a_name_that_cannot_be_an_id_is_refused(name):
    bad, good = read(packed((name, "x"), ("good.txt", "y")))
    assert bad.problem.place.startswith(f"z.zip/{name}, id")
    assert good.item.id == "good"


def test_too_many_members_are_refused_before_any_is_read():
    names = ((f"{number}.txt", "x") for number in range(archive.MEMBER_LIMIT + 1))
    (row,) = read(packed(*names))
    assert "more than 5,000 members" in row.problem.message


def test_too_many_bytes_are_refused_before_any_is_read():
    data = bytearray(packed(("a.txt", "x")))
    entry = data.find(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<L", archive.BYTE_LIMIT + 1)
    (row,) = read(bytes(data))
    assert "200,000,001 bytes" in row.problem.message


def test_a_huge_table_of_contents_is_refused_before_it_is_parsed():
    data = bytearray(packed(("a.txt", "x")))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<L", 0xFFFFFFFF)
    (row,) = read(bytes(data))
    assert "more than 5,000 members" in row.problem.message


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive", packed(("a.txt", "x"))[:-10]])
def test_what_is_no_archive_is_one_row(data):
    (row,) = read(data)
    assert row.problem.place == "z.zip"
    assert "no ZIP archive" in row.problem.message


def test_an_archive_without_members_says_so():
    (row,) = read(packed())
    assert "holds no records" in row.problem.message


def test_an_archive_from_a_pipe_is_read():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *args):
            raise io.UnsupportedOperation("seek")

    rows = list(catalog.read(Pipe(packed(("a.txt", "x"))), name="z.zip"))
    assert [row.item.id for row in rows] == ["a"]
