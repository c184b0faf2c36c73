"""The lists that ship say where they are from, and naming them needs no language model."""

import subprocess
import sys
from pathlib import Path

import pytest

from framing.detectors.attribution.english.lexicon import CUES
from framing.detectors.attribution.lexicon import TABLES
from framing.detectors.loaded_terms.lexical import TERMS
from framing.detectors.tables import model_cards, word_lists

ROOT = Path(__file__).parents[3]


def test_every_word_list_opens_with_its_sources() -> None:
    found = {one.name: one for one in word_lists()}
    assert set(found) == {path.name for path in TABLES.glob("*.toml")}
    for one in found.values():
        assert one.entries > 50
        assert "Compiled for this project" in " ".join(one.about)
    assert any("Hooper 1975" in line for line in found["cues.toml"].about)


def test_entries_are_the_words_that_the_detectors_know() -> None:
    found = {one.name: one.entries for one in word_lists()}
    assert found["loaded.toml"] == sum(len(terms) for terms in TERMS.values())
    assert found["cues.toml"] >= len(CUES.verbs) + len(CUES.phrases) + len(CUES.nouns)


def test_shipped_weights_name_their_data_and_figures() -> None:
    cards = model_cards()
    assert cards
    for card in cards:
        assert card.weights > 100
        assert {"data", "held back f1"} <= set(card.about)


@pytest.mark.parametrize("module", ["rules", "tables"])
def test_listing_them_loads_no_spacy(module: str) -> None:
    code = f"import sys, framing.detectors.{module}; sys.exit('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0
