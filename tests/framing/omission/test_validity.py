"""Rules E1 to E4 on one omission after another."""

from dataclasses import replace

import pytest

from framing.alignment.aligning import align
from framing.annotations import Annotation, Part
from framing.detectors.pipeline import Pipeline, make_pipeline
from framing.documents import Document
from framing.omission.evidence import Witnesses, is_later
from framing.omission.validity import check_omission, in_words
from framing.spans import Span
from tests.framing.event import REPRINT, A, B, C, parsed


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return make_pipeline()


def evidence(document: Document, words: str) -> Part:
    start = document.text.index(words)
    return Part("evidence", Span(start, start + len(words)), words, document.id)


FINE = "Norcal had been fined 40,000 crowns"
CHOIR = "A choir sang for the drivers in the evening."
LORRIES = "300 lorries wait at the gate"
GONE = Part("evidence", Span(0, 3), "Tor", "gone")
REPLACED = Part("evidence", Span(0, 3), "Tor", "a")


@pytest.mark.parametrize(("documents", "article", "parts", "verdicts", "words"), [
    ([A, B, C], "c", [evidence(A, FINE)], "holds holds holds holds", "corroborated"),
    ([A, B, C], "c", [evidence(A, CHOIR)], "holds holds holds fails", "not corroborated"),
    ([A, B, C], "c", [evidence(A, LORRIES)], "holds holds fails holds", "lorries wait"),
    ([A, REPRINT, C], "r", [evidence(A, FINE)], "fails holds fails fails", "copy of this text"),
    ([A, replace(B, outlet="Lisk Herald"), C], "b", [evidence(A, CHOIR)],
     "fails holds holds fails", "same outlet"),
    ([replace(A, published="2022-03-10"), B, C], "c", [evidence(A, CHOIR)],
     "holds fails holds fails", "late_evidence"),
    ([replace(A, published=""), B, C], "c", [evidence(A, FINE)], "holds unknown holds holds",
     "no date of publication for Lisk Herald."),
    ([A, B, C], "c", [GONE], "fails unknown unknown fails", "moved, replaced or deleted"),
    ([A, B, C], "c", [REPLACED], "fails holds holds fails", "does not read as quoted"),
    ([A, B, C], "c", [], "fails unknown unknown fails", "No passage of another article"),
    ([A, B], "c", [evidence(A, FINE)], "unknown unknown unknown unknown", "not in this event"),
])
def test_the_rules_are_told(pipeline: Pipeline, documents: list[Document], article: str,
                            parts: list[Part], verdicts: str, words: str) -> None:
    ledger = align(parsed(pipeline, documents), documents, least=1)
    omission = Annotation("1", article, "ada", "omission", "om.context", tuple(parts))
    checks = check_omission(omission, Witnesses.of(documents), ledger)
    assert [c.rule for c in checks] == ["E1", "E2", "E3", "E4"]
    assert " ".join(c.verdict for c in checks) == verdicts
    assert words in " ".join(c.reason for c in checks)


def test_all_verdicts_fit_into_a_sentence_or_two(pipeline: Pipeline) -> None:
    documents = [replace(A, published=""), B, C]
    ledger = align(parsed(pipeline, documents), documents)
    part = evidence(A, FINE)
    omission = Annotation("1", "c", "ada", "omission", "om.context", (part,))
    told = in_words(check_omission(omission, Witnesses.of(documents), ledger))
    assert told == (
        "Checked: other outlets and no copies (E1), not said here (E3), two independent outlets "
        "(E4). E2 unknown: There is no date of publication for Lisk Herald.")
    nobody = check_omission(replace(omission, document="x"), Witnesses.of(documents), ledger)
    assert in_words(nobody).startswith("Checked. E1 unknown: The article 'x' is not in this event.")


@pytest.mark.parametrize(("one", "other", "later"), [
    ("2022-03-09", "2022-03-08", True),
    ("2022-03-08", "2022-03-08", False),
    ("2022-03-08T10:00", "2022-03-08", False),
    ("2022-03-08T10:00", "2022-03-08T09:59:59", True),
    ("2022-03-08 10:00", "2022-03-08T10:00", False),
    ("2022-03-08T10:00+02:00", "2022-03-08T09:00Z", False),
    ("", "2022-03-08", False),
    ("2022-03-08", "soon", False),
])
def test_times_are_compared_by_what_both_give(one: str, other: str, later: bool) -> None:
    assert is_later(one, other) is later
