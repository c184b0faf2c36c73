"""What keeps an annotation from being stored, and what is still open in a stored one."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import scheme as schemes
from framing.annotations import Annotation, Part
from framing.scheme import UnknownNameError
from framing.spans import Span
from framing.validation import open_points, problems, shortened

SCHEME = schemes.load()
ARTICLE = "😀 Agitators storm dam. Critics say the firm ignored a mere dozen warnings."
SIBLING = "Guards fired, according to police."
TEXTS = {"p": ARTICLE, "q": SIBLING}


def part(role: str, quote: str, document: str = "") -> Part:
    start = TEXTS[document or "p"].index(quote)
    return Part(role, Span(start, start + len(quote)), quote, document)


LOADED = Annotation(id="1", document="p", annotator="Ada", device="loaded_terms",
                    label="lt.epithet", parts=(part("span", "Agitators"),),
                    attributes={"polarity": "neg", "intensity": "2"}, flag="discuss",
                    confidence="high", note="Plural.", score=0.5)
TRIPLE = Annotation(id="2", document="p", annotator="Ada", device="attribution",
                    label="at.attribution",
                    parts=(part("source", "Critics"), part("cue", "say"),
                           part("content", "the firm ignored"), part("content", "warnings")),
                    attributes={"cue_stance": "neutral", "source_type": "generic_group"})
OMISSION = Annotation(id="3", document="p", annotator="Ada", device="omission", label="om.actor",
                      parts=(part("evidence", "Guards fired", "q"),))
GAP = replace(OMISSION, parts=(*OMISSION.parts, Part("anchor", Span(23, 23), "")))


def first(annotation: Annotation) -> Part:
    return annotation.parts[0]


REFUSED: dict[str, tuple[Annotation, str, str]] = {
    "no id": (replace(LOADED, id=""), "id", "has no id"),
    "a long id": (replace(LOADED, id="x" * 65), "id", "65 characters are too many"),
    "a long note": (replace(LOADED, note="x" * 4001), "note", "Keep it to 4,000"),
    "a long answer": (replace(LOADED, attributes={"target": "x" * 1001}), "attributes.target",
                      "Keep it to 1,000"),
    "a NUL in the note": (replace(LOADED, note="a\0b"), "note", "NUL character at 1"),
    "half a surrogate pair in the note": (replace(LOADED, note="ab\ud83d"), "note", "pair at 2"),
    "a NUL in an answer": (replace(LOADED, attributes={"target": "\0"}), "attributes.target",
                           "NUL"),
    "half a pair in a name": (replace(LOADED, attributes={"\ud83d": "x"}),
                              "attributes.\\ud83d", "pair at 0"),
    "half a pair in a quote": (replace(LOADED, parts=(replace(first(LOADED), quote="\ud83d"),)),
                               "parts[1].quote", "half a surrogate pair"),
    "an answer that is a number": (replace(LOADED, attributes={"intensity": 2}),  # type: ignore[dict-item]
                                   "attributes.intensity", "2 is not a text"),
    "an unknown device": (replace(LOADED, device="tone"), "device",
                          "Known are: loaded_terms, attribution, omission"),
    "an unknown label": (replace(LOADED, label="lt.irony"), "label", "Known are: lt.scare_quote"),
    "a label of another device": (replace(LOADED, label="om.actor"), "label",
                                  "belongs to omission, not to loaded_terms"),
    "a label that is off": (replace(OMISSION, label="om.qualifier"), "label", "switched off"),
    "an unknown attribute": (replace(LOADED, attributes={"tone": "x"}), "attributes.tone",
                             "Known are: target, polarity"),
    "an unknown value": (replace(LOADED, attributes={"polarity": "bad"}), "attributes.polarity",
                         "unknown value 'bad'. Known are: neg, pos, mixed, none"),
    "an unknown flag": (replace(LOADED, flag="later"), "flag", "Known are: discuss, discard"),
    "an unknown confidence": (replace(LOADED, confidence="0.3"), "confidence", "low, medium"),
    "a score above one": (replace(LOADED, score=1.5), "score", "between 0 and 1"),
    "a score that is no number": (replace(LOADED, score=float("nan")), "score", "nan"),
    "no span": (replace(LOADED, parts=()), "roles.span", "at least 1 span, here are 0"),
    "two spans": (replace(LOADED, parts=(part("span", "storm"), part("span", "dam"))),
                  "roles.span", "at most 1 span, here are 2"),
    "two cues": (replace(TRIPLE, parts=(*TRIPLE.parts, part("cue", "ignored"))), "roles.cue",
                 "at most 1 cue"),
    "an attribution of nothing": (replace(TRIPLE, parts=()), "roles.content", "Mark the content"),
    "an unknown role": (replace(TRIPLE, parts=(*TRIPLE.parts, part("verb", "say"))),
                        "parts[5].role", "Known are: source, cue, content"),
    "the same part twice": (replace(TRIPLE, parts=(*TRIPLE.parts, part("cue", "say"))),
                            "parts[5]", "already at parts[2]"),
    "an empty span": (replace(LOADED, parts=(Part("span", Span(2, 2), ""),)), "parts[1]",
                      "empty at 2"),
    "a place outside the text": (
        replace(LOADED, parts=(Part("span", Span(80, 90), "elsewhere"),)), "parts[1]",
        f"a text of {len(ARTICLE)} code points"),
    "a quote outside the text that stands inside of it": (
        replace(LOADED, parts=(Part("span", Span(80, 89), "Agitators"),)), "parts[1]",
        "It stands at [2, 11)"),
    "places counted in UTF-16": (replace(LOADED, parts=(Part("span", Span(3, 12), "Agitators"),)),
                                 "parts[1].quote", "'gitators '. It stands at [2, 11)"),
    "a quote that is nowhere": (
        replace(LOADED, parts=(Part("span", Span(2, 11), "Marchers!"),)), "parts[1].quote",
        "compare the texts"),
    "no quote": (replace(LOADED, parts=(Part("span", Span(2, 11), ""),)), "parts[1].quote",
                 "'Agitators'"),
    "an anchor with a quote": (
        replace(OMISSION, parts=(*OMISSION.parts, Part("anchor", Span(2, 2), "x"))),
        "parts[2].quote", "''"),
    "an article that is not there": (replace(LOADED, document="z"), "document", "Known are: p, q"),
    "evidence in an article that is not there": (
        replace(OMISSION, parts=(replace(first(OMISSION), document="z"),)), "parts[1].document",
        "'z' is not there"),
    "evidence in the article itself": (
        replace(OMISSION, parts=(part("evidence", "Critics"),)), "parts[1].document",
        "another article of the same event"),
    "evidence that names the article itself": (
        replace(OMISSION, parts=(part("evidence", "Critics", "p"),)), "parts[1].document",
        "another article of the same event"),
    "a span in a sibling": (replace(LOADED, parts=(part("span", "Guards", "q"),)),
                            "parts[1].document", "leave document empty"),
    "a span that names its own article": (replace(LOADED, parts=(part("span", "storm", "p"),)),
                                          "parts[1].document", "Leave document empty"),
}


@pytest.mark.parametrize("annotation", [LOADED, TRIPLE, OMISSION, GAP], ids=lambda a: a.device)
def test_a_sound_annotation_has_no_problems(annotation: Annotation) -> None:
    assert problems(annotation, SCHEME, TEXTS) == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_said_with_its_place_and_remedy(name: str) -> None:
    annotation, place, words = REFUSED[name]
    found = [p for p in problems(annotation, SCHEME, TEXTS) if p.place == place]
    assert found
    sentence = " ".join(f"{p.message} {p.remedy}" for p in found)
    assert words in sentence
    assert all(p.remedy for p in found)
    sentence.encode("utf-8")


@pytest.mark.parametrize("name", REFUSED)
def test_one_mistake_does_not_look_like_many(name: str) -> None:
    annotation, _, _ = REFUSED[name]
    assert 1 <= len(problems(annotation, SCHEME, TEXTS)) <= 3


def test_all_problems_are_named_at_once() -> None:
    broken = replace(LOADED, label="x", flag="x", attributes={"polarity": "x"})
    assert [p.place for p in problems(broken, SCHEME, TEXTS)] == [
        "flag", "label", "attributes.polarity"]


def test_a_label_that_a_project_switched_on_is_accepted() -> None:
    qualifier = replace(OMISSION, label="om.qualifier")
    assert problems(qualifier, SCHEME.enabling(["om.qualifier"]), TEXTS) == []


def test_the_nearest_occurrence_is_the_remedy() -> None:
    texts = {"p": "dam dam dam"}
    moved = replace(LOADED, parts=(Part("span", Span(5, 8), "dam"),))
    [problem] = problems(moved, SCHEME, texts)
    assert problem.remedy == "It stands at [4, 7)."


def test_unfinished_work_can_be_stored_but_not_handed_in() -> None:
    begun = replace(TRIPLE, parts=TRIPLE.parts[:2], attributes={"cue_stance": ""})
    assert problems(begun, SCHEME, TEXTS) == []
    places = [p.place for p in open_points(begun, SCHEME, preset="core")]
    assert places == ["roles.content", "attributes.cue_stance", "attributes.source_type"]
    assert [p.place for p in problems(begun, SCHEME, TEXTS, preset="core")] == places


@pytest.mark.parametrize(("annotation", "preset", "places"), [
    (LOADED, "core", []),
    (LOADED, "full", ["attributes.target", "attributes.voice", "attributes.neutral_alternative"]),
    (TRIPLE, "core", []),
    (TRIPLE, "full", ["attributes.quote_type"]),
    (OMISSION, "core", []),
    (replace(OMISSION, parts=()), "core", ["roles.evidence"]),
    (OMISSION, "full", ["attributes.missing", "attributes.salience", "attributes.absence_check"]),
    (replace(OMISSION, device="x"), "full", []),
])
def test_open_points_are_those_of_the_preset(
        annotation: Annotation, preset: str, places: list[str]) -> None:
    found = open_points(annotation, SCHEME, preset=preset)
    assert [p.place for p in found] == places
    assert all(p.remedy for p in found)


def test_an_open_choice_lists_its_values() -> None:
    [point] = open_points(TRIPLE, SCHEME, preset="full")
    assert str(point) == ("attributes.quote_type: “How is it quoted?” has no answer. "
                          "Choose one of: direct, indirect, mixed.")


def test_a_part_is_named_once_although_a_preset_asks_for_it_too() -> None:
    empty = replace(LOADED, parts=())
    assert [p.place for p in problems(empty, SCHEME, TEXTS, preset="core")] == ["roles.span"]


def test_an_unknown_preset_is_an_error_of_the_caller() -> None:
    with pytest.raises(UnknownNameError, match="known are: core, full"):
        problems(LOADED, SCHEME, TEXTS, preset="all")


def test_long_quotes_are_shown_by_both_ends() -> None:
    assert shortened("a" * 40 + "b" * 40) == "a" * 29 + "…" + "b" * 29
    assert shortened("ab\ud83d") == "ab\\ud83d"


@given(st.data())
def test_the_words_at_any_place_are_accepted_there_and_nowhere_else(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab 😀é\u0301\r\n"), min_size=1, max_size=20))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    here = replace(LOADED, parts=(Part("span", Span(start, end), text[start:end]),))
    assert problems(here, SCHEME, {"p": text}) == []
    other = data.draw(st.integers(0, len(text)))
    there = replace(LOADED, parts=(Part("span", Span(other, other + end - start),
                                        text[start:end]),))
    same = text[other:other + end - start] == text[start:end]
    assert (problems(there, SCHEME, {"p": text}) == []) == same


anything: Any = st.text(max_size=5) | st.sampled_from(
    ["loaded_terms", "attribution", "omission", "lt.hedge", "p", "q", "span", "evidence", "\ud83d"])


@given(st.builds(
    Annotation, id=anything, document=anything, annotator=anything, device=anything,
    label=anything, note=anything, confidence=anything, flag=anything,
    score=st.none() | st.floats(),
    attributes=st.dictionaries(anything, anything | st.none() | st.lists(anything), max_size=3),
    parts=st.lists(st.builds(
        Part, anything, st.tuples(st.integers(0, 9), st.integers(0, 9)).map(
            lambda pair: Span(min(pair), max(pair))), anything, anything), max_size=3).map(tuple)))
def test_no_annotation_is_too_strange_for_an_answer(annotation: Annotation) -> None:
    for problem in problems(annotation, SCHEME, TEXTS, preset="full"):
        str(problem).encode("utf-8")
