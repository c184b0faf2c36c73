"""A person's own keys: refused where they would mean two things, the same on every machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from annotator.accounts.models import User
from annotator.corpus.models import Project
from annotator.labeling.keymap import bindings
from annotator.labeling.models import Assignment
from framing import scheme as schemes
from framing.scheme import RESERVED

TABLE = json.loads(Path(__file__).parents[2].joinpath("bindings.json").read_text("utf-8"))


@pytest.fixture
def url(sheet: Assignment) -> str:
    return f"/api/v1/assignments/{sheet.pk}/"


def change(client: Any, url: str, keys: Any) -> Any:
    return client.post(f"{url}keys/", {"keys": keys}, content_type="application/json")


def stored() -> dict[str, str]:
    return User.objects.get(username="ada").keys


def test_the_bindings_are_those_that_the_page_is_tested_with() -> None:
    found = [binding.as_json() for binding in bindings(schemes.load("framing-1"))]
    assert found == TABLE["bindings"]


def test_a_codebook_can_take_no_key_that_the_page_listens_to() -> None:
    known = bindings(schemes.load("framing-1"))
    plain = {one.key for one in known if one.id == one.command and "Ctrl" not in one.key}
    assert plain - {key for key in plain if "Shift+Arrow" in key} == RESERVED - {"Tab"}


def test_changed_keys_come_with_every_sheet_and_default_keys_are_not_stored(
    url: str, signed_in: Any
) -> None:
    answer = change(signed_in("ada"), url, {"accept": "z", "label:lt.epithet": "", "reject": "x"})
    assert answer.json() == {"keys": {"accept": "z", "label:lt.epithet": ""}}
    elsewhere = signed_in("ada").get(url).json()
    assert elsewhere["annotator"]["keys"] == {"accept": "z", "label:lt.epithet": ""}
    assert elsewhere["bindings"] == TABLE["bindings"]
    assert change(signed_in("ada"), url, {"accept": None}).json() == {
        "keys": {"label:lt.epithet": ""}
    }


def test_a_key_that_was_switched_off_can_be_given_to_another(url: str, signed_in: Any) -> None:
    client = signed_in("ada")
    assert change(client, url, {"reject": "a"}).status_code == 400
    change(client, url, {"accept": ""})
    assert change(client, url, {"reject": "a"}).status_code == 200
    back = change(client, url, {"accept": None})
    assert back.status_code == 400
    assert "reject the suggestion" in back.json()["detail"]
    assert change(client, url, {"accept": None, "reject": None}).json() == {"keys": {}}


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"reject": "a"}, "The key a is taken: accept the suggestion (Suggestions)."),
        ({"label:lt.epithet": "e"}, "The key e is taken: grow"),
        ({"reject": "b", "accept": "b"}, "The key b is taken"),
        ({"accept": "Shift+2"}, "The key Shift+2 is taken"),
        ({"label:om.source": "1"}, "The key 1 is taken"),
        ({"fly": "z"}, "There is no command 'fly'"),
        ({"escape": "z"}, "Escape always leaves"),
        ({"accept": "Escape"}, "Escape always leaves"),
        ({"accept": " "}, "' ' cannot be a key here."),
        ({"accept": "Tab"}, "'Tab' cannot be a key here."),
        ({"accept": "Dead"}, "'Dead' cannot be a key here."),
        ({"accept": "ab"}, "'ab' cannot be a key here."),
        ({"accept": "z" * 41}, "keys.accept: Ensure this field has no more than 40 characters."),
        ({"accept": ["z"]}, "keys.accept: Not a valid string."),
        (["z"], "keys: Expected a dictionary"),
        (None, "keys: This field may not be null."),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_one_sentence(
    url: str, signed_in: Any, keys: Any, sentence: str
) -> None:
    answer = change(signed_in("ada"), url, keys)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(sentence)
    assert stored() == {}


@pytest.mark.parametrize(
    "keys",
    [
        {"accept": "ä"},
        {"accept": "Alt+Shift+Z"},
        {"left": "PageUp", "help": "F1"},
        {"attribute:loaded_terms:voice": "a"},  # acts before others while its device is selected
        {"label:om.source": "6"},  # kinds of omission stand on keys of other labels
    ],
)
def test_a_key_that_means_one_thing_is_stored(url: str, signed_in: Any, keys: Any) -> None:
    assert change(signed_in("ada"), url, keys).json() == {"keys": keys}


def test_keys_for_another_codebook_stay(
    url: str, signed_in: Any, project: Project, sheet: Assignment
) -> None:
    User.objects.filter(username="ada").update(keys={"label:zz.other": "9"})
    change(signed_in("ada"), url, {"accept": "z"})
    assert stored() == {"label:zz.other": "9", "accept": "z"}


def test_the_page_lists_what_was_changed_and_takes_it_back(
    url: str, signed_in: Any, sheet: Assignment
) -> None:
    client = signed_in("ada")
    User.objects.filter(username="ada").update(
        keys={"accept": "z", "label:lt.epithet": "", "label:zz.other": "9"}
    )
    page = client.get(reverse("own-keys")).content.decode()
    for words in ("accept the suggestion", "<kbd>z</kbd>", "off", "label:zz.other"):
        assert words in page
    assert "3 keys changed" in client.get(reverse("profile")).content.decode()
    client.post(reverse("own-keys-reset"), {"id": "accept"})
    assert stored() == {"label:lt.epithet": "", "label:zz.other": "9"}
    client.post(reverse("own-keys-reset"))
    assert stored() == {}
    assert "You changed no key" in client.get(reverse("own-keys")).content.decode()


def test_a_change_that_another_stands_in_the_way_of_is_not_taken_back_alone(
    signed_in: Any, sheet: Assignment
) -> None:
    User.objects.filter(username="ada").update(keys={"accept": "", "reject": "a"})
    answer = signed_in("ada").post(reverse("own-keys-reset"), {"id": "accept"}, follow=True)
    assert "The key a is taken: reject the suggestion" in answer.content.decode()
    assert stored() == {"accept": "", "reject": "a"}


def test_nobody_changes_the_keys_of_another(url: str, signed_in: Any) -> None:
    assert change(signed_in("dov"), url, {"accept": "z"}).status_code == 404
    assert change(signed_in("cy"), url, {"accept": "z"}).status_code == 404
    assert User.objects.exclude(keys={}).count() == 0
