from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.detectors.attribution.ghost import ghost_parts
from framing.detectors.pipeline import Pipeline

ARTICLE = (
    "Agitators storm the dam\n\n"
    "Manager Ilse Tor has insisted the site was safe. “We knew,” Oduya said. “We left.”\n\n"
    "According to police, nobody fell. It is feared that it will rain, and “I think the dam "
    "holds,” Tor added.\n"
)


def proposed(pipeline: Pipeline, text: str) -> dict[str, list[tuple[str, str]]]:
    return {
        ghost.cue.quote(text): [(role, span.quote(text)) for role, span in ghost.parts]
        for ghost in pipeline.ghosts(pipeline.parse(text))
    }


@pytest.mark.parametrize(("cue", "parts"), [
    ("has insisted", [("source", "Manager Ilse Tor"), ("content", "the site was safe")]),
    ("said", [("source", "Oduya"), ("content", "“We knew,”"), ("content", "“We left.”")]),
    ("According to", [("source", "police"), ("content", "nobody fell")]),
    ("is feared", [("content", "it will rain")]),
    ("think", [("source", "I"), ("content", "the dam holds")]),
])  # fmt: skip
def test_each_possible_cue_has_its_parts(
    pipeline: Pipeline, cue: str, parts: list[tuple[str, str]]
) -> None:
    assert proposed(pipeline, ARTICLE)[cue] == parts


def test_they_are_what_a_person_who_marks_the_cue_would_be_given(pipeline: Pipeline) -> None:
    doc = pipeline.parse(ARTICLE)
    ghosts = pipeline.ghosts(doc)
    assert len(ghosts) >= 6
    for ghost in ghosts:
        asked = ghost_parts(doc, ghost.cue)
        parts = [(p.role, p.span) for p in asked.parts if p.role != "cue"] if asked else []
        assert sorted(ghost.parts) == sorted(parts), ghost.cue.quote(ARTICLE)


WORDS = ["Tor", "said", "that", "“", "”", "it", "rains", ",", ".", "\n\n", "claims", "🌊",
         "according to", "view", ":", "fears"]  # fmt: skip
RUBBISH = st.text(alphabet="“”\"' .,:\nabé🏳️") | st.lists(
    st.sampled_from(WORDS), max_size=25
).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(RUBBISH)
def test_any_text_gives_parts_inside_it_and_outside_the_cue(pipeline: Pipeline, text: str) -> None:
    ghosts = pipeline.ghosts(pipeline.parse(text))
    assert all(one.cue < other.cue for one, other in pairwise(ghosts))
    for ghost in ghosts:
        assert ghost.parts
        for role, span in ghost.parts:
            assert role in {"source", "content"}
            assert span.start < span.end <= len(text)
            assert not span.overlap(ghost.cue)
