from __future__ import annotations

import pytest
import spacy

from framing.detectors.names import NAME, names
from framing.detectors.pipeline import Pipeline

SAID = {
    "Mayor Lia Orr spoke to Jon Pell. Ann left.": ["Mayor Lia Orr", "Jon Pell", "Ann"],
    "Ministers met Eva Diaz-Canel in Lisbon.": ["Eva Diaz-Canel", "Lisbon"],
    "🏳️ Nobody came to the old quay.": [],
    "": [],
}


@pytest.mark.parametrize("text", SAID)
def test_runs_of_proper_nouns_are_names_where_no_recogniser_ran(
    pipeline: Pipeline, text: str
) -> None:
    found = names(pipeline.parse(text))
    assert [text[start:end] for start, end, _ in found] == SAID[text]
    assert {kind for *_, kind in found} <= {NAME}


def test_what_a_recogniser_found_is_taken_as_it_is() -> None:
    nlp = spacy.blank("en")
    rules = nlp.add_pipe("entity_ruler")
    rules.add_patterns([{"label": "ORG", "pattern": "the council"}])  # type: ignore[attr-defined]
    assert names(nlp("Now the council met Ann.")) == [(4, 15, "ORG")]


def test_without_a_tagger_there_is_none() -> None:
    assert names(spacy.blank("en")("Mayor Lia Orr spoke.")) == []
