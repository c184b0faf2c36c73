"""No rule fires that is not listed, and the document lists them all."""

from pathlib import Path

from framing.detectors.pipeline import DETECTORS, Pipeline
from framing.detectors.rules import rules
from tests.framing.detectors.gold import attribution_sentences, loaded_sentences

ROOT = Path(__file__).parents[3]
IDS = [rule.id for rule in rules()]


def test_ids_are_given_once_and_belong_to_a_detector() -> None:
    assert len(IDS) == len(set(IDS))
    assert {name.partition(".")[0] for name in IDS} == {d.id for d in DETECTORS}


def test_every_rule_that_fires_on_the_gold_sentences_is_listed(pipeline: Pipeline) -> None:
    texts = [s.text for s in (*attribution_sentences(), *loaded_sentences())]
    fired = {s.rule for text in texts for s in pipeline.detect(pipeline.parse(text))}
    assert fired <= set(IDS)
    # What no gold sentence shows is either for marked cues or still untested.
    assert set(IDS) - fired <= {"attribution.marked", "attribution.signature"}


def test_the_document_lists_every_rule_and_detector() -> None:
    text = (ROOT / "docs/detectors.md").read_text(encoding="utf-8")
    assert [name for name in IDS if f"`{name}`" not in text] == []
    assert [d.id for d in DETECTORS if f"## {d.id}" not in text] == []
    for detector in DETECTORS:
        assert f"{detector.id} {detector.version}" in text
        assert [key for key in detector.config if f"`{key}`" not in text] == []
