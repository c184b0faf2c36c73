"""A broken codebook is refused, with every place that is broken and what to do about it."""

import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import scheme as schemes
from framing.scheme import SchemeError

SMALL = Path(__file__).with_name("small_scheme.toml").read_text("utf-8")

# What is replaced, by what; the place that is named, and words of the sentence.
BROKEN = {
    "no TOML at all": ("version = 1", "version = ", "", "line 2"),
    "a number that is no number": ("version = 1", f"version = {'9' * 5000}", "", "not TOML"),
    "no id": ('id = "small-1"\n', "", "id", "missing"),
    "an empty title": ('"A small codebook"', '" "', "title", "empty"),
    "version as text": ("version = 1", 'version = "1"', "version", "whole number"),
    "version as truth": ("version = 1", "version = true", "version", "whole number"),
    "version zero": ("version = 1", "version = 0", "version", "Count from 1"),
    "a version of 6,000 digits": ("version = 1", f"version = 0x{'f' * 5000}", "version",
                                  "this number does not fit"),
    "a deep list as title": ('"A small codebook"', "[" * 90 + "]" * 90, "title", "text in quotes"),
    "an unknown field": ('language = "en"', 'language = "en"\ntilte = "x"', "tilte", "title"),
    "an unknown field of a label": ('key = "1"', 'kee = "1"', "devices.tone.labels[1].kee",
                                    "Did you mean key?"),
    "a table instead of a list": ("[[presets]]", "[presets]", "presets", "a list"),
    "a list of texts instead of tables": (
        '[[flags]]\nid = "discuss"\nname = "discuss"\ndefinition = "Talk it over."', "",
        "flags[1]", "a table of fields"),
    "presets that are no list": ('presets = ["core"]', 'presets = "core"',
                                 "devices.tone.attributes[1].presets", "a list"),
    "an id with a blank": ('id = "tone.cold"', 'id = "tone cold"', "devices.tone.labels[2].id",
                           "not an id"),
    "an id that is too long": ('id = "tone.cold"', f'id = "{"x" * 65}"',
                               "devices.tone.labels[2].id", "64"),
    "a label twice": ('id = "tone.cold"', 'id = "tone.warm"', "devices.tone.labels[2].id",
                      "devices.tone.labels[1].id"),
    "a label of two devices": ('id = "voice.any"', 'id = "tone.warm"',
                               "devices.voice.labels[1].id", "devices.tone.labels[1].id"),
    "a device twice": ('id = "voice"', 'id = "tone"', "devices[2].id", "exists already"),
    "a role twice": ('id = "words"', 'id = "speaker"', "devices.voice.roles[2].id", "roles[1]"),
    "a value twice": ('id = "2"\nname = "strong"', 'id = "1"\nname = "strong"',
                      "devices.tone.attributes[1].values[2].id", "exists already"),
    "a label without definition": ('definition = "It blames."\n', "",
                                   "devices.tone.labels[2].definition", "missing"),
    "an empty definition": ('"It blames."', '""', "devices.tone.labels[2].definition", "empty"),
    "an empty question": ('"How strong?"', '""', "devices.tone.attributes[1].question", "empty"),
    "a NUL": ('"It blames."', '"It\\u0000 blames."', "devices.tone.labels[2].definition", "NUL"),
    "a badge of three characters": ('badge = "V"', 'badge = "VVV"', "devices.voice.badge",
                                    "one or two"),
    "shift with a digit": ('key = "2"', 'key = "Shift+2"', "devices.tone.labels[2].key",
                           "not a key"),
    "an unknown family": ('family = "at"', 'family = "xt"', "devices.voice.family",
                          "lt, at, om"),
    "an unknown unit": ('unit = "relation"', 'unit = "word"', "devices.voice.unit",
                        "span, relation, document"),
    "an unknown line": ('line = "dashed"', 'line = "wavy"', "devices.voice.roles[2].line",
                        "dotted"),
    "an unknown kind": ('kind = "scale"', 'kind = "number"', "devices.tone.attributes[1].kind",
                        "choice"),
    "a key of two labels": ('key = "2"', 'key = "1"', "devices.tone.labels[2].key",
                            "devices.tone.labels[1].key"),
    "a key of a label and a role": ('key = "2"', 'key = "s"', "devices.tone.labels[2].key",
                                    "devices.voice.roles[1].key"),
    "a key of an attribute and a label": ('key = "u"', 'key = "1"',
                                          "devices.voice.attributes[1].key",
                                          "devices.tone.labels[1].key"),
    "completing two devices by one key": ('"Shift+V"', '"Shift+T"', "devices.voice.complete_key",
                                          "devices.tone.complete_key"),
    "a key of the workbench": ('key = "2"', 'key = "x"', "devices.tone.labels[2].key",
                               "belongs to the workbench"),
    "a named key of the workbench": ('key = "2"', 'key = "Escape"', "devices.tone.labels[2].key",
                                     "belongs to the workbench"),
    "a capital letter": ('key = "2"', 'key = "B"', "devices.tone.labels[2].key", "not a key"),
    "a word as key": ('key = "2"', 'key = "two"', "devices.tone.labels[2].key", "not a key"),
    "keys for values of a label": ('key = "2"', 'key = "Alt+1..2"', "devices.tone.labels[2].key",
                                   "not a key"),
    "more keys than values": ("Alt+1..2", "Alt+1..5", "devices.tone.attributes[1].key",
                              "5 keys for 2 values"),
    "an unknown preset": ('presets = ["core"]', 'presets = ["core", "ful"]',
                          "devices.tone.attributes[1].presets[2]", "'ful' is not defined"),
    "minimum above maximum": ("minimum = 1\nmaximum = 1", "minimum = 2\nmaximum = 1",
                              "devices.tone.roles[1].maximum", "at least 2 and at most 1"),
    "maximum zero": ("dashed\"\nminimum = 1", "dashed\"\nmaximum = 0",
                     "devices.voice.roles[2].maximum", "not possible"),
    "a negative minimum": ("dashed\"\nminimum = 1", "dashed\"\nminimum = -1",
                           "devices.voice.roles[2].minimum", "0 or more"),
    "a span device with any number of spans": (
        "minimum = 1\nmaximum = 1", "minimum = 1", "devices.tone.roles", "exactly one role"),
    "a relation of one role": (
        '[[devices.roles]]\nid = "words"\nname = "words"\nbadge = "C"\nkey = "c"\n'
        'line = "dashed"\nminimum = 1\n', "", "devices.voice.roles", "at least two roles"),
    "no label switched on": ('"Somebody says something."',
                             '"Somebody says something."\nenabled = false',
                             "devices.voice.labels", "switched on"),
    "values of an entity": (
        'kind = "entity"\nkey = "u"', 'kind = "entity"\n[[devices.attributes.values]]\nid = "a"\n'
        'name = "a"\ndefinition = "a"', "devices.voice.attributes[1].values", "takes any text"),
    "a choice without values": ('kind = "entity"', 'kind = "choice"',
                                "devices.voice.attributes[1].values", "two values"),
    "a scale of words": ('id = "2"\nname = "strong"', 'id = "strong"\nname = "strong"',
                         "devices.tone.attributes[1].values", "whole numbers"),
    "a scale that falls": ('id = "2"\nname = "strong"', 'id = "0"\nname = "strong"',
                           "devices.tone.attributes[1].values", "does not rise"),
    "a default that is no value": ('kind = "scale"', 'kind = "scale"\ndefault = "3"',
                                   "devices.tone.attributes[1].default", "1, 2"),
    "no preset": ('[[presets]]\nid = "core"\nname = "Core"\nsummary = "Little."\n',
                  "presets = []\n", "presets", "at least one"),
}
# Top-level lists stand before the first table in TOML.
HEADS = {"a list of texts instead of tables": 'flags = ["discuss"]\n'}


def problems(text: str) -> dict[str, str]:
    with pytest.raises(SchemeError) as caught:
        schemes.parse(text)
    assert str(caught.value)
    return {problem.place: f"{problem.message} {problem.remedy}"
            for problem in caught.value.problems}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_scheme_is_refused_at_its_place(name: str) -> None:
    old, new, place, words = BROKEN[name]
    assert SMALL.count(old) == 1, "the table of broken schemes no longer fits the small scheme"
    found = problems(HEADS.get(name, "") + SMALL.replace(old, new))
    assert place in found
    assert words in found[place]


def test_all_problems_are_named_at_once() -> None:
    text = SMALL.replace('key = "2"', 'key = "x"').replace('"Shift+V"', '"Shift+T"')
    assert set(problems(text)) == {"devices.tone.labels[2].key", "devices.voice.complete_key"}


def test_an_empty_file_lacks_everything_that_is_required() -> None:
    assert set(problems("")) == {"id", "version", "title", "language", "devices", "presets"}


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "devices", "labels", "roles", "version", "presets"]), inner)),
    st.sampled_from(["id", "version", "devices", "presets", "rules", "flags"]))
@settings(max_examples=150)
def test_no_data_of_any_shape_gets_past_or_raises_something_else(data: Any, field: str) -> None:
    good = schemes.as_dict(schemes.parse(SMALL))
    try:
        scheme = schemes.from_dict({**good, field: data})
    except SchemeError as refused:
        places = {problem.place for problem in refused.problems}
    else:
        places = set[str]()
        assert schemes.from_dict(schemes.as_dict(scheme)) == scheme
    if field != "presets":  # whose absence is also felt where they are required
        assert all(place.startswith(field) for place in places)


@given(st.text(string.printable, max_size=60))
@settings(max_examples=100)
def test_no_text_raises_anything_but_a_scheme_error(text: str) -> None:
    with pytest.raises(SchemeError):
        schemes.parse(text)
