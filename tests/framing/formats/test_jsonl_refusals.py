"""Every bad line of a JSONL file is refused with its place and a remedy."""

import json

import pytest

from .jsonl_lines import annotation, part, read

BAD = [
    ("no JSON", b"text", "line 1, column 1", "not JSON"),
    ("cut off", b'{"text": "x"', "line 1, column 13", "not JSON"),
    ("raw newline escape", b'{"text": "\x01"}', "line 1, column 11", "control character"),
    ("a list", b'["text"]', "line 1", "is not an object"),
    ("a number", b"17", "line 1", "is not an object"),
    ("NaN", b'{"text": "x", "score": NaN}', "line 1", "NaN is not JSON"),
    ("Infinity", b'{"text": "x", "score": -Infinity}', "line 1", "-Infinity is not JSON"),
    ("deep", b'{"a":' * 50_000, "line 1", "nested too deeply"),
    ("huge number", b'{"text":"x","n":' + b"9" * 5_000 + b"}", "line 1", "too many digits"),
    ("key twice", b'{"id": "a", "id": "b"}', "line 1", "'id' stands twice"),
    ("Latin-1", b'{"text": "caf\xe9"}', "line 1, byte 14", "0xE9 is not UTF-8"),
    ("binary", b"%PDF-1.4", "", "a PDF file"),
    ("no type", b'{"id": "a"}', "line 1, type", "missing"),
    ("wrong type", b'{"type": "span"}', "line 1, type", "'span' is no kind"),
    ("type no string", b'{"type": 3}', "line 1, type", "not a string"),
    ("no text", b'{"type": "document", "id": "a"}', "line 1, text", "is empty"),
    ("blank text", b'{"text": " \\n"}', "line 1, text", "white space"),
    ("text a list", b'{"text": ["x"]}', "line 1, text", "not a string"),
    ("NUL in text", b'{"text": "a\\u0000"}', "line 1, text, line 1", "NUL"),
    ("surrogate", b'{"text": "a\\ud83d"}', "line 1, text, line 1", "surrogate"),
    (
        "surrogate in a title",
        b'{"text": "a", "title": "\\udc00"}',
        "line 1, title, line 1",
        "surrog",
    ),
    (
        "surrogate in a key",
        b'{"text": "a", "type": "\\ud800"}',
        "line 1, type, line 1",
        "surrogate",
    ),
    ("id a number", b'{"text": "x", "id": 17}', "line 1, id", "not a string"),
    ("id with newline", b'{"text": "x", "id": "a\\nb"}', "line 1, id", "newline"),
    (
        "title too long",
        json.dumps({"text": "x", "title": "x" * 1001}).encode(),
        "line 1, title",
        "1,001",
    ),
    ("no date", b'{"text": "x", "published": "4 May"}', "line 1, published", "ISO 8601"),
    ("no such day", b'{"text": "x", "published": "2026-02-30"}', "line 1, published", "ISO 8601"),
    ("other calendar", b'{"text": "x", "published": "2026-W01-1"}', "line 1, published", "ISO"),
    (
        "script address",
        b'{"text": "x", "url": "javascript:alert(1)"}',
        "line 1, url",
        "web address",
    ),
    ("file address", b'{"text": "x", "url": "file:///etc/passwd"}', "line 1, url", "web address"),
    ("broken address", b'{"text": "x", "url": "http://[1"}', "line 1, url", "web address"),
    ("address with blank", b'{"text": "x", "url": "http://a b"}', "line 1, url", "web address"),
    ("other text", b'{"text": "x", "sha256": "00"}', "line 1, sha256", "fingerprint"),
    ("UTF-16 offsets", b'{"text": "x", "offset_unit": "utf16"}', "line 1, offset_unit", "'utf16'"),
    ("no annotation id", annotation(id="-"), "line 1, id", "missing"),
    ("no document", annotation(document="-"), "line 1, document", "missing"),
    ("empty annotator", annotation(annotator=" "), "line 1, annotator", "missing"),
    ("no device", annotation(device=None), "line 1, device", "missing"),
    ("no label", annotation(label="-"), "line 1, label", "missing"),
    ("no parts", annotation(parts="-"), "line 1, parts", "missing"),
    ("parts no list", annotation(parts={}), "line 1, parts", "not a list"),
    ("part no object", annotation(parts=[3]), "line 1, part 1", "object"),
    ("no start", part(start="-"), "line 1, part 1, start", "whole number"),
    ("start negative", part(start=-1), "line 1, part 1, start", "whole number"),
    ("start a fraction", part(start=1.5), "line 1, part 1, start", "whole number"),
    ("start true", part(start=True), "line 1, part 1, start", "whole number"),
    ("start a string", part(start="1"), "line 1, part 1, start", "whole number"),
    ("end before start", part(start=9), "line 1, part 1, end", "4 lies before the start 9"),
    ("no quote", part(quote="-"), "line 1, part 1, quote", "missing"),
    ("no role", part(role="-"), "line 1, part 1, role", "missing"),
    ("attributes a list", annotation(attributes=[]), "line 1, attributes", "not an object"),
    (
        "attribute a number",
        annotation(attributes={"n": 2}),
        "line 1, attributes, n",
        "not a string",
    ),
    ("score a string", annotation(score="1"), "line 1, score", "finite number"),
    ("score true", annotation(score=True), "line 1, score", "finite number"),
    ("score too big", annotation(score=10**400), "line 1, score", "finite number"),
    (
        "score infinite",
        annotation(score=0).replace(b'"score": 0', b'"score": 1e999'),
        "line 1, score",
        "finite number",
    ),
    (
        "no state",
        b'{"type": "reading", "document": "a", "annotator": "b", "device": "c", "state": "x"}',
        "line 1, state",
        "'x' is no state",
    ),
    (
        "reading of nothing",
        b'{"type": "reading", "annotator": "b", "device": "c"}',
        "line 1, document",
        "missing",
    ),
]


@pytest.mark.parametrize(
    ("line", "place", "words"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_a_bad_line_is_refused_with_its_place_and_a_remedy(line, place, words):
    (row,) = read(line)
    assert row.item is None
    assert row.number == 1
    assert row.problem.place == (f"a.jsonl, {place}" if place else "a.jsonl")
    assert words in row.problem.message
    assert row.problem.remedy
