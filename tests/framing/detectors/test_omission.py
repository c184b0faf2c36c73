"""Omissions are proposed with evidence, and only where the rules allow it."""

from dataclasses import replace

import pytest

from framing.detectors import pipeline as registry
from framing.detectors.base import EventFindings, Suggestion
from framing.detectors.omission import OmissionDetector
from framing.detectors.pipeline import Pipeline
from framing.documents import Document
from tests.framing.event import REPRINT, A, B, C, document, parsed

FINE = "40,000 crowns"


def detect(pipeline: Pipeline, *documents: Document, **options: object) -> EventFindings:
    detector = OmissionDetector(**options)  # type: ignore[arg-type]
    return detector.detect(parsed(pipeline, documents), documents)


def about(findings: EventFindings, document: str, words: str) -> list[Suggestion]:
    return [s for s in findings.suggestions[document] if any(words in p.quote for p in s.parts)]


def test_the_registry_holds_exactly_these_event_detectors() -> None:
    assert [(d.id, d.device) for d in registry.EVENT_DETECTORS] == [("omission", "omission")]


def test_what_two_other_outlets_carry_is_proposed_with_both_passages(pipeline: Pipeline) -> None:
    findings = detect(pipeline, A, B, C)
    assert findings.problems == ()
    [proposal] = about(findings, "c", FINE)
    evidence = [p for p in proposal.parts if p.role == "evidence"]
    assert [p.document for p in evidence] == ["a", "b"]
    assert all(p.span.quote({"a": A, "b": B}[p.document].text) == p.quote for p in evidence)
    assert "Lisk Herald, Port Gazette" in proposal.reason
    assert 0 < proposal.score <= 1
    assert proposal.label == "om.context"
    assert proposal.attributes["salience"] == "3"
    assert about(findings, "a", FINE) == about(findings, "b", FINE) == []


@pytest.mark.parametrize("part", ["anchor", "evidence"])
def test_anchors_lie_in_the_article_and_evidence_elsewhere(pipeline: Pipeline, part: str) -> None:
    texts = {d.id: d.text for d in (A, B, C)}
    for id, found in detect(pipeline, A, B, C).suggestions.items():
        for proposal in found:
            for p in proposal.parts:
                assert (p.document == "") == (p.role == "anchor")
                assert p.document != id
                assert p.span.quote(texts[p.document or id]) == p.quote


def test_an_event_of_one_article_says_why_nothing_can_be_proposed(pipeline: Pipeline) -> None:
    findings = detect(pipeline, A)
    assert findings.suggestions == {"a": ()}
    [problem] = findings.problems
    assert str(problem) == (
        "crane: 1 independent article can be compared, and an omission needs 2 other outlets that "
        "carry what is missing. Add articles of other outlets to the event.")


@pytest.mark.parametrize("others", [
    (A, REPRINT, C),
    (A, replace(B, outlet="Lisk Herald"), C),
    (A, A, C),
])
def test_copies_and_one_outlet_do_not_corroborate(
        pipeline: Pipeline, others: tuple[Document, ...]) -> None:
    findings = detect(pipeline, *others)
    assert not any(findings.suggestions.values())
    assert "2 independent articles" in str(findings.problems[-1])


@pytest.mark.parametrize(("day", "count"), [
    ("2022-03-07", 1), ("2022-03-08", 1), ("2022-03-08T09:00", 1), ("2022-03-09", 0), ("", 1),
])
def test_later_articles_are_no_evidence(pipeline: Pipeline, day: str, count: int) -> None:
    findings = detect(pipeline, A, replace(B, published=day), C)
    assert len(about(findings, "c", FINE)) == count


def test_fewer_outlets_can_be_asked_for(pipeline: Pipeline) -> None:
    assert detect(pipeline, A, C).problems
    findings = detect(pipeline, A, B, C, least_outlets=3)
    assert not any(findings.suggestions.values())


def test_nothing_and_empty_articles_are_no_error(pipeline: Pipeline) -> None:
    assert detect(pipeline).suggestions == {}
    findings = detect(pipeline, document("x", "", "X"), document("y", "", "Y"))
    assert findings.suggestions == {}
    assert [p.place for p in findings.problems] == ["x", "y", "event"]


GUARDS = (
    document("p", "Riot at the gate\n\nThree people were shot at the gate on Tuesday. Rain fell.",
             "P"),
    document("q", "Guards fire on crowd\n\nCompany guards shot three people at the gate.", "Q"),
    document("r", "Shots at gate\n\nThree people were shot by guards on Tuesday evening.", "R"),
)


def test_a_passive_without_doer_is_proposed_when_others_name_one(pipeline: Pipeline) -> None:
    [proposal] = [s for s in detect(pipeline, *GUARDS).suggestions["p"] if s.label == "om.actor"]
    assert proposal.parts[0].role == "anchor"
    assert proposal.parts[0].quote == "were shot"
    assert {p.document for p in proposal.parts[1:]} == {"q", "r"}
    assert proposal.score == 0.5


@pytest.mark.parametrize("sentence", [
    "Three people were shot by guards at the gate.",
    "Guards stood by. Three people were shot at the gate.",
    "Three people were seen at the gate.",
    "The window was broken overnight.",
])
def test_a_doer_who_is_named_or_unknown_is_not_missing(pipeline: Pipeline, sentence: str) -> None:
    article = replace(GUARDS[0], text=f"Night at the gate\n\n{sentence}")
    found = detect(pipeline, article, *GUARDS[1:]).suggestions["p"]
    assert [s for s in found if s.label == "om.actor"] == []


VOICES = (
    document("p", "Dam talks\n\nIlse Tor met farmers. \"We fear the wall,\" said Per Lund.",
             "P"),
    document("q", "Tor defends dam\n\nIlse Tor said on Monday that the wall stands firm.", "Q"),
    document("r", "Dam is safe\n\n\"Nothing leaks,\" Ilse Tor told visitors from the coast.", "R"),
)


def test_who_speaks_elsewhere_and_is_silent_here_is_proposed(pipeline: Pipeline) -> None:
    [proposal] = [s for s in detect(pipeline, *VOICES).suggestions["p"] if s.label == "om.source"]
    assert "Ilse Tor speaks in Q, R and is mentioned here" in proposal.reason
    assert [p.document for p in proposal.parts] == ["q", "r"]


@pytest.mark.parametrize("sentence", [
    "Ilse Tor declined to comment.", "Ilse Tor could not be reached.",
])
def test_who_declined_to_comment_is_heard(pipeline: Pipeline, sentence: str) -> None:
    article = replace(VOICES[0], text=f"{VOICES[0].text} {sentence}")
    found = detect(pipeline, article, *VOICES[1:]).suggestions["p"]
    assert [s for s in found if s.label == "om.source"] == []


def test_every_proposal_says_what_the_validity_rules_found(pipeline: Pipeline) -> None:
    documents = (A, B, replace(C, text=f"{C.text} Three workers were injured."), document(
        "d", "A guard drove into three workers and injured them at the gate of Lisk.", "D"))
    found = [s for all_ in detect(pipeline, *documents).suggestions.values() for s in all_]
    assert {s.rule for s in found} >= {"omission.claim", "omission.actor"}
    for proposal in found:
        assert ". Checked: " in proposal.reason
        assert all(rule in proposal.reason for rule in ("E1", "E2", "E3", "E4"))
        assert ("who, not what" in proposal.reason) == (proposal.rule != "omission.claim")
