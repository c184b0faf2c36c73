"""No input raises: whatever the bytes are, every row has an item, a problem or a note."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.formats import catalog
from framing.formats.catalog import FORMATS

from .strategies import quick

LINES = (
    b'{"type":"document","id":"a","text":"caf\xc3\xa9 \\ud83d\\ude00","published":"2026-05-04"}\n'
    b'{"type":"annotation","id":"b","document":"a","annotator":"ada","device":"d","label":"l",'
    b'"parts":[{"role":"span","start":0,"end":4,"quote":"caf\xc3\xa9"}],"score":0.5}\n'
    b'{"type":"reading","document":"a","annotator":"ada","device":"d","state":"done"}\n'
)
TABLE = b'id;text;published;url\na;"one\ntwo ""three""";2026-05-04;https://example.org\nb;x;;\n'


def _packed():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "One two")
        archive.writestr("b.jsonl", LINES)
        archive.writestr("c.csv", TABLE)
    return stream.getvalue()


SEEDS = [
    b"One two\r\n",
    "One 😀".encode("utf-16"),
    LINES,
    LINES.decode().encode("utf-16"),
    TABLE,
    _packed(),
]
READABLE = [entry.id for entry in FORMATS if entry.read]


@st.composite
def mutated(draw):
    """Draw a good file with some stretches of bytes replaced, dropped or doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 12))
        new = draw(st.one_of(st.binary(max_size=8), st.just(bytes(data[at : at + length]) * 2)))
        data[at : at + length] = new
    return bytes(data)


@pytest.mark.parametrize("format_id", READABLE)
@quick
@given(data=st.one_of(mutated(), st.binary(max_size=80)))
def test_mutated_files_give_rows_and_no_exceptions(format_id, data):
    for row in catalog.read(io.BytesIO(data), name="file", format_id=format_id):
        assert not (row.item and row.problem)
        assert row.item or row.problem or row.notes
        if row.problem:
            assert row.problem.place
            assert row.problem.message.endswith((".", ":"))
            assert row.problem.remedy.endswith((".", '"'))


@quick
@given(
    name=st.sampled_from(["", "a.txt", "a.zip", "a.csv", "a.jsonl", "a", "a.pdf"]), data=mutated()
)
def test_recognising_a_mutated_file_never_raises(name, data):
    assert list(catalog.read(io.BytesIO(data), name=name))
