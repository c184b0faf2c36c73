"""The codebook as data: lookups, round trips, and what the shipped one promises."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from framing import scheme as schemes
from framing.scheme import Scheme, SchemeError

SMALL = Path(__file__).with_name("small_scheme.toml").read_text("utf-8")
SHIPPED = schemes.load()


def small() -> Scheme:
    return schemes.parse(SMALL)


@pytest.mark.parametrize("scheme", [SHIPPED, small()], ids=lambda scheme: scheme.id)
def test_a_scheme_comes_back_whole_from_json(scheme: Scheme) -> None:
    assert schemes.from_dict(json.loads(json.dumps(schemes.as_dict(scheme)))) == scheme


def test_a_document_device_may_number_its_kinds_like_the_labels_of_a_span_device() -> None:
    kinds = {label.key for label in SHIPPED.device("omission").labels}
    assert kinds & {label.key for label in SHIPPED.device("loaded_terms").labels}
    text = SMALL.replace('unit = "relation"', 'unit = "document"')
    same = text.replace('id = "voice.any"', 'id = "voice.any"\nkey = "1"')
    assert schemes.parse(same).label("voice.any").key == "1"
    gesture = text.replace('id = "voice.any"', 'id = "voice.any"\nkey = "c"')
    with pytest.raises(SchemeError, match=r"^devices\.voice\.labels\[1\]\.key: the key 'c'"):
        schemes.parse(gesture)


def test_keys_of_values_are_expanded() -> None:
    assert schemes.expand("Alt+1..3") == ("Alt+1", "Alt+2", "Alt+3")
    assert schemes.expand("t") == ("t",)


def test_labels_are_switched_on_by_name() -> None:
    on = SHIPPED.enabling(["om.qualifier"])
    assert on.label("om.qualifier").enabled
    assert not on.label("in.selected_detail").enabled
    assert not SHIPPED.label("om.qualifier").enabled


@pytest.mark.parametrize(("ask", "words"), [
    (lambda s: s.device("tune"), "unknown device 'tune'; known are: tone, voice"),
    (lambda s: s.label("x"), "known are: tone.warm, tone.cold, voice.any"),
    (lambda s: s.device("tone").role("x"), "unknown role of tone 'x'; known are: span"),
    (lambda s: s.device("tone").attribute("x"), "known are: strength"),
    (lambda s: s.device("tone").attribute("strength").value("9"), "known are: 1, 2"),
    (lambda s: s.required("tone", "full"), "unknown preset 'full'; known are: core"),
    (lambda s: s.enabling(["x"]), "unknown label 'x'"),
    (lambda _: schemes.load("framing-0"), "shipped are: framing-1"),
    (lambda _: schemes.source("../pyproject"), "shipped are: framing-1"),
])
def test_an_unknown_name_is_answered_with_the_known_ones(ask: Any, words: str) -> None:
    with pytest.raises(schemes.UnknownNameError, match=words.replace(".", r"\.")):
        ask(small())


class TestTheShippedScheme:
    def test_its_names_are_a_contract(self) -> None:
        assert schemes.shipped() == ("framing-1",)
        assert {d.id: [label.id for label in d.labels if label.enabled]
                for d in SHIPPED.devices} == {
            "loaded_terms": ["lt.scare_quote", "lt.epithet", "lt.dysphemism", "lt.euphemism",
                             "lt.charged_verb", "lt.presupposing", "lt.hedge", "lt.scale",
                             "lt.metaphor", "lt.evaluative"],
            "attribution": ["at.attribution"],
            "omission": ["om.actor", "om.source", "om.counterclaim", "om.consequence",
                         "om.context"]}
        assert {label.id for label in SHIPPED.labels if not label.enabled} == {
            "om.qualifier", "in.selected_detail"}

    def test_its_roles_are_a_contract(self) -> None:
        assert {(d.id, r.id): (r.minimum, r.maximum, r.anchor_allowed, r.sibling, r.key)
                for d in SHIPPED.devices for r in d.roles} == {
            ("loaded_terms", "span"): (1, 1, False, False, ""),
            ("attribution", "source"): (0, None, False, False, "s"),
            ("attribution", "cue"): (0, 1, False, False, "q"),
            ("attribution", "content"): (1, None, False, False, "c"),
            ("omission", "anchor"): (0, 1, True, False, "o"),
            ("omission", "evidence"): (1, None, False, True, "")}

    def test_its_keys_are_those_that_annotators_learn(self) -> None:
        loaded = SHIPPED.device("loaded_terms")
        assert [label.key for label in loaded.labels if label.enabled] == list("1234567890")
        assert [d.complete_key for d in SHIPPED.devices] == ["Shift+L", "Shift+A", "Shift+O"]
        attribution = SHIPPED.device("attribution")
        assert {a.id: a.key for a in attribution.attributes if a.key} == {
            "cue_stance": "Alt+1..5", "source_type": "t", "quote_type": "u",
            "source_stance": "v", "parent": "p"}

    def test_two_questions_with_a_few_answers_each_lead_to_every_loaded_term(self) -> None:
        labels = [x for x in SHIPPED.device("loaded_terms").labels if x.enabled]
        answers = Counter(label.does for label in labels)
        assert 2 <= len(answers) <= 4
        assert max(answers.values()) <= 4
        assert "" not in answers
        assert all(label.test for label in labels)

    @pytest.mark.parametrize(("device", "core", "full"), [
        ("loaded_terms", [], ["target", "polarity", "voice", "neutral_alternative"]),
        ("attribution", ["cue_stance", "source_type"],
         ["cue_stance", "source_type", "quote_type"]),
        ("omission", [], ["missing", "salience", "absence_check"]),
    ])
    def test_its_presets_ask_for_little_and_for_everything(
            self, device: str, core: list[str], full: list[str]) -> None:
        assert [a.id for a in SHIPPED.required(device, "core")] == core
        assert [a.id for a in SHIPPED.required(device, "full")] == full

    @pytest.mark.parametrize("label", SHIPPED.labels, ids=lambda label: label.id)
    def test_each_label_has_a_case_a_near_miss_and_a_test(self, label: schemes.LabelDef) -> None:
        assert label.yes
        assert label.near_miss
        assert label.test

    @pytest.mark.parametrize("name", ["cue_stance", "source_type", "quote_type"])
    def test_each_value_that_people_confuse_has_a_test(self, name: str) -> None:
        for value in SHIPPED.device("attribution").attribute(name).values:
            assert value.yes
            assert value.near_miss
            assert value.test

    def test_it_answers_nothing_by_itself(self) -> None:
        assert not [a.id for d in SHIPPED.devices for a in d.attributes if a.default]

    def test_every_device_and_the_whole_have_rulings(self) -> None:
        assert len(SHIPPED.rules) == 7
        assert all(device.rulings for device in SHIPPED.devices)

    def test_a_label_leads_to_its_device(self) -> None:
        assert {SHIPPED.device_of(label.id).family for label in SHIPPED.labels} == {
            "lt", "at", "om"}


def test_a_stored_scheme_stays_readable_when_the_rules_become_stricter() -> None:
    text = schemes.source("framing-1").replace('key = "1"', 'key = "a"', 1)
    with pytest.raises(SchemeError):
        schemes.parse(text)
    assert schemes.reopen(text).device("loaded_terms").labels[0].key == "a"


def test_a_stored_scheme_that_is_no_scheme_is_refused() -> None:
    with pytest.raises(SchemeError):
        schemes.reopen('id = "x"')
