"""No rule fires that is not listed, and the document lists them all."""

from pathlib import Path

from framing.detectors.loaded_terms.lexical import TERMS
from framing.detectors.omission import OmissionDetector
from framing.detectors.pipeline import DETECTORS, EVENT_DETECTORS, Pipeline
from framing.detectors.rules import rules
from tests.framing.detectors.gold import attribution_sentences, loaded_sentences
from tests.framing.event import A, B, C, document, parsed

ROOT = Path(__file__).parents[3]
ALL = (*DETECTORS, *EVENT_DETECTORS)
IDS = [rule.id for rule in rules()]
OMISSIONS = {name for name in IDS if name.startswith("omission.")}


def test_ids_are_given_once_and_belong_to_a_detector() -> None:
    assert len(IDS) == len(set(IDS))
    assert {name.partition(".")[0] for name in IDS} == {d.id for d in ALL}


def test_every_rule_that_fires_on_the_gold_sentences_is_listed(pipeline: Pipeline) -> None:
    texts = [s.text for s in (*attribution_sentences(), *loaded_sentences())]
    fired = {s.rule for text in texts for s in pipeline.detect(pipeline.parse(text))}
    assert fired <= set(IDS)
    # What no English gold sentence shows is for marked cues, other languages or still untested.
    assert set(IDS) - fired <= {"attribution.marked", "attribution.signature",
                                "attribution.interruption", "attribution.marks", *OMISSIONS}


def test_every_kind_of_term_in_the_table_has_its_rule() -> None:
    kinds = {term.label.removeprefix("lt.") for terms in TERMS.values() for term in terms}
    assert {f"loaded_terms.{kind}.table" for kind in kinds} == {
        name for name in IDS if name.endswith(".table")}


def test_every_rule_that_proposes_an_omission_is_listed(pipeline: Pipeline) -> None:
    shot = document("d", "Lisk\n\nTwo dockers were shot. The crane fell at noon.", "Lisk Star")
    by = document("e", "Lisk\n\nGuards shot two dockers on Pier 4. The crane fell.", "Port Sun")
    fired: set[str] = set()
    for event in ((A, B, C), (shot, by, A)):
        findings = OmissionDetector().detect(parsed(pipeline, event), event)
        fired |= {s.rule for found in findings.suggestions.values() for s in found}
    assert fired == OMISSIONS


def test_the_document_lists_every_rule_and_detector() -> None:
    text = (ROOT / "docs/detectors.md").read_text(encoding="utf-8")
    assert [name for name in IDS if f"`{name}`" not in text] == []
    assert [d.id for d in ALL if f"## {d.id}" not in text] == []
    for detector in ALL:
        assert f"{detector.id} {detector.version}" in text
        assert [key for key in detector.config if f"`{key}`" not in text] == []
