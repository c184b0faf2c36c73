"""What is a claim, who carries it, and what cannot be compared."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from framing.alignment.aligning import align
from framing.alignment.ledger import Carries, carried_over
from framing.alignment.units import Unit, units
from framing.alignment.vectors import WINDOW, candidates, space
from framing.alignment.words import number, stem
from framing.detectors.pipeline import Pipeline, make_pipeline
from framing.documents import Document
from framing.spans import Span
from tests.framing.event import A, B, C, document, parsed


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return make_pipeline()


def terms(pipeline: Pipeline, text: str) -> set[str]:
    return {term for unit in units(pipeline.parse(text), "x") for term in unit.terms}


@pytest.mark.parametrize(("text", "term"), [
    ("Forty-six sailors left.", "#46"),
    ("Half a dozen boats sank.", "#12"),
    ("It cost 4.1 million crowns.", "#4.1e+06"),
    ("It cost 4,100,000 crowns.", "#4.1e+06"),
    ("About 1,200 boats sank.", "#1200"),
    ("Two dozen boats sank.", "#24"),
    ("Mayor Ida Brandt resigned.", "@brandt"),
    ("The inspectors came.", "=inspect"),
    ("The inspectorate came.", "=inspect"),
])
def test_a_unit_is_about_its_numbers_names_and_stems(
        pipeline: Pipeline, text: str, term: str) -> None:
    assert term in terms(pipeline, text)


@pytest.mark.parametrize(("text", "count"), [
    ("The pier was closed by the master and the crane was removed by its owner.", 2),
    ("The master closed and sealed the pier.", 1),
    ("The western pier is shut; the eastern gate stays open for lorries.", 2),
    ("He said so, and she left.", 1),
    ("", 0),
    (" \n\n ", 0),
    ("...", 0),
])
def test_a_clause_that_could_stand_alone_is_a_unit(
        pipeline: Pipeline, text: str, count: int) -> None:
    assert len(units(pipeline.parse(text), "x")) == count


@pytest.mark.parametrize(("word", "value"), [
    ("12", 12), ("1,200", 1200), ("3.5", 3.5), ("seven", 7), ("12,34", None), ("lorry", None),
])
def test_numbers_are_read_from_digits_and_words(word: str, value: float | None) -> None:
    assert number(word) == value


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüé'", max_size=20))
def test_a_stem_begins_the_word_and_keeps_four_letters(word: str) -> None:
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(4, len(word))


def test_rows_hold_the_passages_of_all_articles_that_make_the_claim(pipeline: Pipeline) -> None:
    ledger = align(parsed(pipeline, [A, B, C]), [A, B, C])
    assert ledger.problems == ()
    lorries = next(r for r in ledger.rows if "lorries" in r.summary.quote)
    assert lorries.documents == ("a", "b", "c")
    assert [p.document for p in lorries.passages] == ["a", "b", "c"]
    fine = next(r for r in ledger.rows if "40,000" in r.summary.quote)
    assert fine.documents == ("a", "b")
    assert fine.cell("c").carries is Carries.ABSENT
    assert 0 <= fine.cell("c").probability < 0.5
    assert "'40,000'" in fine.reason
    with pytest.raises(KeyError):
        fine.cell("nobody")


def test_passages_quote_their_article(pipeline: Pipeline) -> None:
    texts = {d.id: d.text for d in (A, B, C)}
    for row in align(parsed(pipeline, [A, B, C]), [A, B, C], least=1).rows:
        assert 0 <= row.score <= 1
        for passage in (row.summary, *row.passages):
            assert passage.span.quote(texts[passage.document]) == passage.quote
            assert passage.quote == passage.quote.strip() != ""


def test_every_unit_is_in_one_row_when_single_articles_count(pipeline: Pipeline) -> None:
    docs = parsed(pipeline, [A, B, C])
    rows = align(docs, [A, B, C], least=1).rows
    found = sorted(p for row in rows for p in row.passages)
    assert len(found) == len(set(found)) == sum(len(units(docs[d.id], d.id)) for d in (A, B, C))


def test_the_order_of_articles_changes_only_their_order(pipeline: Pipeline) -> None:
    docs = parsed(pipeline, [A, B, C])
    rows = {frozenset(r.passages) for r in align(docs, [A, B, C]).rows}
    again = {frozenset(r.passages) for r in align(docs, [C, A, B]).rows}
    assert rows == again
    assert align(docs, [A, B, C]) == align(docs, [A, B, C])


def test_rows_are_carried_over_when_an_article_joins(pipeline: Pipeline) -> None:
    docs = parsed(pipeline, [A, B, C])
    old = {f"old {r.id}": r.passages for r in align(docs, [B, C]).rows}
    new = align(docs, [A, B, C])
    successor = carried_over(old, new)
    assert set(successor) == set(old)
    for id, follower in successor.items():
        row = next(r for r in new.rows if r.id == follower)
        assert set(old[id]) & set(row.passages)
    assert carried_over({"gone": ()}, new) == {}


GERMAN = "Der Kran fiel am Montag auf den Kai und zerdrückte zwei Container, doch niemand war " * 4


@pytest.mark.parametrize(("other", "words"), [
    (document("x", "", "X"), "this article is empty"),
    (document("x", " \n\n", "X"), "this article is empty"),
    (A, "stands in the event twice"),
    (document("x", "Kran. " * 3, "X", language="de"), "this article is in 'de'"),
    (document("x", GERMAN, "X"), "does not read so"),
])
def test_what_cannot_be_compared_is_named_and_left_out(
        pipeline: Pipeline, other: Document, words: str) -> None:
    documents = [A, B, other]
    ledger = align(parsed(pipeline, documents), documents)
    assert ledger.documents == ("a", "b")
    [problem] = ledger.problems
    assert problem.place == other.id
    assert words in problem.message
    assert problem.remedy


def test_a_missing_or_foreign_parse_is_named(pipeline: Pipeline) -> None:
    docs = parsed(pipeline, [A, B])
    late = replace(C, text=C.text + " More.")
    ledger = align({**docs, "c": pipeline.parse(C.text)}, [A, B, late])
    assert "parse belongs to another text" in str(ledger.problems[0])
    assert "has not been parsed" in str(align(docs, [A, B, C]).problems[0])
    assert align({}, []).rows == ()


def test_an_encoder_joins_what_shares_no_word(pipeline: Pipeline) -> None:
    one = document("a", "The dock was shut. Gulls cried.", "A")
    other = document("b", "They closed our quay. Rain fell.", "B")
    docs = parsed(pipeline, [one, other])
    assert align(docs, [one, other]).rows == ()

    def encode(texts: Sequence[str]) -> NDArray[np.float64]:
        return np.array([[1.0, 0.0] if "dock" in t or "quay" in t else
                         [0.0, 1.0] if "Gulls" in t else [0.0, -1.0] for t in texts])

    [row] = align(docs, [one, other], encode=encode).rows
    assert [p.quote for p in row.passages] == ["The dock was shut.", "They closed our quay."]


@settings(max_examples=5, deadline=None)
@given(st.integers(min_value=2 * WINDOW + 1, max_value=120))
def test_a_word_of_many_units_costs_a_window_each(count: int) -> None:
    text = make_units(count)
    first, second = candidates(space(text, list(range(count))))
    assert len(first) <= count * WINDOW
    assert (first < second).all()
    assert set(first.tolist()) | set(second.tolist()) == set(range(count))


def make_units(count: int) -> list[Unit]:
    return [Unit(str(index), 0, Span(0, 1), {"=crane": 1.0}) for index in range(count)]


def test_reasons_name_words_as_the_articles_spell_them(pipeline: Pipeline) -> None:
    first = document("f", "The inquiries froze the pay of Tomás Quill. Gulls cried all night.", "F")
    second = document("g", "Pay was frozen by inquiries, Tomás Quill knows. A bus was late.", "G")
    ledger = align(parsed(pipeline, [first, second]), [first, second])
    for row in (*ledger.rows, *align(parsed(pipeline, [A, B, C]), [A, B, C]).rows):
        named = re.findall(r"'([^']+)'", row.reason)
        assert named
        assert all(any(word in p.quote for p in row.passages) for word in named), row.reason
    assert {"froze", "inquiries"} & set(re.findall(r"'([^']+)'", ledger.rows[0].reason))
