"""Attributions as wholes, omissions as cells, annotators as camps."""

from __future__ import annotations

import pytest

from framing.agreement import Cell, Ledger, Structures, camps, measure, pairwise
from framing.agreement.ledger import sentence_starts
from framing.annotations import Annotation, Part, Reading
from framing.documents import Document
from framing.spans import Span
from tests.framing.agreement.tables import coded, spans

LENGTH = 100


def triple(annotator: str, id: str, attributes: dict[str, str] | None = None,
           **roles: tuple[int, int]) -> Annotation:
    parts = tuple(Part(role, Span(*place), "") for role, place in roles.items())
    return Annotation(annotator + id, "d", annotator, "attribution", "at.attribution", parts,
                      attributes or {})


def structures(*annotations: Annotation) -> Structures:
    return Structures({"d": LENGTH}, frozenset({("d", "a"), ("d", "b")}), annotations)


ONE = triple("a", "1", {"stance": "neutral"}, source=(0, 10), cue=(10, 15), content=(15, 60))
TWO = triple("a", "2", {"stance": "charged"}, source=(60, 70), cue=(70, 75))


@pytest.mark.parametrize(("other", "overlap", "strict"), [
    ([triple("b", "1", source=(0, 10), cue=(10, 15), content=(15, 60))], 2 / 3, 2 / 3),
    ([triple("b", "1", source=(0, 9), cue=(10, 15), content=(20, 60))], 2 / 3, 0),
    # Without the source it is another claim about who speaks.
    ([triple("b", "1", cue=(10, 15), content=(15, 60))], 0, 0),
    ([triple("b", "1", source=(60, 70), cue=(70, 75)),
      triple("b", "2", source=(0, 10), cue=(10, 15), content=(15, 60))], 1, 1),
    ([], 0, 0),
])
def test_f1_of_matched_triples(other, overlap, strict):
    data = structures(ONE, TWO, *other)
    assert measure(data, "f1-triple").value == pytest.approx(overlap)
    assert measure(data, "f1-triple", match="strict").value == pytest.approx(strict)


def test_triples_are_paired_as_wholes_and_not_part_by_part():
    # b's cue lies in a's first triple, but source and content belong to the second.
    data = structures(
        triple("a", "1", source=(0, 10), cue=(10, 15), content=(15, 40)),
        triple("a", "2", source=(40, 50), cue=(50, 55), content=(55, 90)),
        triple("b", "1", source=(40, 50), cue=(10, 15), content=(55, 90)))
    roles = measure(data, "f1-triple").details["roles"]
    assert roles["source"]["f1"] == pytest.approx(2 / 3)
    assert roles["content"]["f1"] == pytest.approx(2 / 3)
    assert roles["cue"]["f1"] == 0.0


def test_attributes_are_compared_on_aligned_triples():
    data = structures(
        ONE, TWO,
        triple("b", "1", {"stance": "neutral"}, source=(0, 10), cue=(10, 15), content=(15, 60)),
        triple("b", "2", {"stance": "neutral"}, source=(60, 70), cue=(70, 75)))
    stance = measure(data, "f1-triple").details["attributes"]["stance"]
    assert stance["n_pairs"] == 2
    assert stance["alpha"] == pytest.approx(measure(coded("nc", "nn"), "alpha").value)


def test_pairwise_reports_of_triples_take_the_first_annotator_as_reference():
    data = structures(ONE, TWO, triple("b", "1", source=(0, 10), cue=(10, 15),
                                       content=(15, 60)))
    report = pairwise(data, "f1-triple")["a", "b"]
    assert (report.precision, report.recall, report.n_units) == (1.0, 0.5, 3)


P = Document("P", "Three were shot. The firm gave no reason. Calm returned.", event="dam")
Q = Document("Q", "Guards opened fire, police said. A clinic will close.", event="dam")
R = Document("R", "Guards fired. An audit counted twelve warnings.", event="dam")


def omission(annotator: str, article: str, evidence: tuple[str, int, int],
             anchor: tuple[int, int] | None = None, label: str = "om.actor") -> Annotation:
    parts = [Part("evidence", Span(*evidence[1:]), "", evidence[0])]
    if anchor:
        parts.append(Part("anchor", Span(*anchor), ""))
    return Annotation(f"{annotator}{article}{evidence}", article, annotator, "omission", label,
                      tuple(parts))


READ = [Reading(article, name, "omission") for article in "PR" for name in ("a", "b")]
MARKED = [
    omission("a", "P", ("Q", 0, 19), (0, 16)),
    omission("b", "P", ("Q", 7, 19), (17, 30), "om.source"),
    omission("a", "P", ("R", 14, 46)),
    omission("b", "R", ("Q", 33, 53)),
]


def test_omissions_with_one_evidence_are_one_row_of_the_ledger():
    ledger = Ledger.from_annotations([P, Q, R], MARKED, READ)
    answers = {(c.article, c.claim, c.annotator): c.answer for c in ledger.cells}
    fire, clinic = "Q [0, 19)", "Q [33, 53)"
    assert answers["P", fire, "a"] == answers["P", fire, "b"] == "omitted"
    assert answers["R", fire, "a"] == "not omitted"
    assert answers["P", "R [14, 46)", "b"] == "not omitted"
    assert ("R", "R [14, 46)", "a") not in answers
    assert answers["R", clinic, "b"] == "omitted"
    assert answers["P", clinic, "a"] == "not omitted"


def test_cells_carry_alpha_ac1_and_the_f1_of_the_omitted():
    codes = Ledger.from_annotations([P, Q, R], MARKED, READ).codes()
    assert measure(codes, "percent").value == pytest.approx(3 / 5)
    assert measure(codes, "f1-positive", label="omitted").value == pytest.approx(2 / 4)
    assert measure(codes, "alpha").value == pytest.approx(0.25)
    assert measure(codes, "ac1").value == pytest.approx(3 / 13)
    assert measure(codes, "alpha").n_documents == 2


def test_kinds_count_where_two_annotators_miss_the_fact():
    codes = Ledger.from_annotations([P, Q, R], MARKED, READ).kind_codes()
    assert [(c.annotator, c.value) for c in codes.codes] == [("a", "om.actor"),
                                                            ("b", "om.source")]


def test_anchors_are_compared_by_sentences():
    ledger = Ledger.from_annotations([P, Q, R], MARKED, READ)
    report = measure(ledger, "anchor-distance")
    assert report.value == 1.0
    assert report.details["pairs_by_distance"] == {"1": 1}


def test_sentences_begin_after_final_punctuation_and_line_ends():
    assert sentence_starts("One. “Two!” he said\nThree") == [0, 5, 12, 20]


def test_a_drawn_up_ledger_is_taken_as_it_is():
    cells = tuple(Cell("P", claim, name, answer) for name, row in
                  (("a", "ooro"), ("b", "oorr")) for claim, answer in enumerate(row))
    assert measure(Ledger(cells, {}).codes(), "percent").value == 0.75


def test_two_camps_are_found_and_named():
    study = spans(90, a="0-9 20-29", b="0-9 20-29", c="0-9 20-29", d="40-49 60-69",
                  e="40-49 60-69")
    found = camps(study)
    assert found.groups == (("a", "b", "c"), ("d", "e"))
    assert (found.within, found.between) == (1.0, 0.0)
    assert found.matrix["a", "d"] == 0.0


def test_annotators_who_differ_evenly_are_one_camp():
    study = spans(90, a="0-9 20-29", b="20-29 40-49", c="40-49 0-9")
    found = camps(study)
    assert found.groups == (("a", "b", "c"),)
    assert found.silhouette is None


def test_camps_say_what_is_missing():
    assert "three annotators" in camps(spans(9, a="0-3", b="0-3")).undefined
    assert "b and c have none" in camps(spans(9, a="0-3", b="", c="")).undefined
