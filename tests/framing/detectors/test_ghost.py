import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from framing.detectors.attribution.ghost import ghost_parts
from framing.detectors.pipeline import Pipeline
from framing.spans import Span


def ghost(doc: Doc, cue: str) -> dict[str, list[str]]:
    start = doc.text.index(cue)
    found = ghost_parts(doc, Span(start, start + len(cue)))
    result: dict[str, list[str]] = {}
    for part in found.parts if found else ():
        result.setdefault(part.role, []).append(part.quote)
    return result


@pytest.mark.parametrize(("text", "cue", "source", "content"), [
    ("Ilse Tor insisted the site was safe.", "insisted", ["Ilse Tor"], ["the site was safe"]),
    ("Ilse Tor has insisted the site was safe.", "insisted", ["Ilse Tor"], ["the site was safe"]),
    ("“We knew,” Oduya said. “We left.”", "said", ["Oduya"], ["“We knew,”", "“We left.”"]),
    ("“I think the dam is safe,” Tor said.", "think", ["I"], ["the dam is safe"]),
    ("It is feared that it will rain.", "is feared", [], ["it will rain"]),
    ("According to police, nobody fell.", "According to", ["police"], ["nobody fell"]),
    ("Tor hallucinated that the site was safe.", "hallucinated", ["Tor"],
     ["that the site was safe"]),
])  # fmt: skip
def test_a_marked_cue_finds_source_and_content(
    pipeline: Pipeline, text: str, cue: str, source: list[str], content: list[str]
) -> None:
    found = ghost(pipeline.parse(text), cue)
    assert found["cue"] == [cue]
    assert found.get("source", []) == source
    content_found = [c.removeprefix("that ") for c in found.get("content", [])]
    assert content_found == [c.removeprefix("that ") for c in content]


def test_it_takes_less_than_a_frame_or_two_on_a_long_article(pipeline: Pipeline) -> None:
    paragraph = "Ilse Tor said it was safe, and “nobody fell,” she added. Police denied it.\n\n"
    doc = pipeline.parse(paragraph * 250)
    cue = doc.text.index("added", len(doc.text) // 2)
    best = float("inf")
    for _ in range(3):
        before = time.process_time()
        assert ghost_parts(doc, Span(cue, cue + 5)) is not None
        best = min(best, time.process_time() - before)
    assert best < 0.1


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_any_mark_gives_parts_that_quote_the_text(pipeline: Pipeline, data: st.DataObject) -> None:
    text = "“No,” said Oduya.\n\n🏳️ Critics claim the firm “hid” it; it is said to be so.\nFine."
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = ghost_parts(pipeline.parse(text), Span(start, end))
    for part in found.parts if found else ():
        assert part.quote == part.span.quote(text)
        assert part.role == "cue" or not part.span.overlap(Span(start, end))
