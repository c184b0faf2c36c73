"""What a hand chooses and what it says about it: letters, signs, searches, labels, answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site

FAMILY = "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
CAFE = "cafe\u0301"  # the accent is a sign of its own
TEXT = (
    "Sluice {} divides the town\n\n"
    "The brazen council approved the anti-wall plan on Monday. Residents must move by Friday, the "
    "league said.\n\n"
    f"Voters at the {CAFE} {FAMILY} cheered. Mayor Lia Orr spoke to Jon Pell of a "
    '"reckless" crowd, a reckless wall and a reckless bet.'
)

# "A new bridge" and "A fisherman said 400."
ARABIC = (
    "\u062c\u0633\u0631 \u062c\u062f\u064a\u062f\n\n"
    "\u0642\u0627\u0644 \u0635\u064a\u0627\u062f 400."
)


@pytest.fixture(scope="module")
def numbers(site: Site) -> Iterator[int]:
    texts = [*(TEXT.format(name) for name in ("Ada", "Bea")), ARABIC]
    return iter(hand_out(site, texts, person="eve"))


@pytest.fixture
def desk(sign_in: Callable[..., Page], numbers: Iterator[int]) -> Desk:
    page = sign_in("eve")
    page.goto(f"/work/{next(numbers)}/")
    return Desk(page)


def test_a_choice_ends_where_words_do_or_with_alt_where_letters_do(desk: Desk) -> None:
    for words, letters, said in (
        ("Friday, the", False, "Friday, the"),
        ("by Friday,", False, "by Friday"),  # trailing punctuation stays outside
        ('"reckless" ', False, '"reckless"'),  # a quotation mark stays with its partner
        ("anti", False, "anti"),
        ("esident", False, "Residents"),
        ("esident", True, "esident"),
        ("caf", True, "caf"),
        ("af", False, CAFE),
    ):
        desk.choose(words, letters=letters)
        assert desk.said() == said, (words, letters)

    desk.find("caf")
    assert desk.said() == CAFE
    for key, said in (
        ("ArrowRight", f"{CAFE} {FAMILY}"),  # one step takes the whole sign
        ("ArrowLeft", CAFE),
        ("ArrowLeft", "caf"),
        ("ArrowDown", "af"),
        ("ArrowUp", "caf"),
        ("ArrowRight", CAFE),
        ("ArrowRight", f"{CAFE} {FAMILY}"),
    ):
        desk.press(f"Alt+Shift+{key}")
        assert desk.said().removesuffix(".") == said
    desk.press("2")

    desk.find("anti")
    desk.press("Alt+Shift+ArrowLeft", "3")
    desk.press("/")
    desk.page.keyboard.type("reckless")
    expect(desk.page.locator("#found")).to_have_text("1 of 3")
    desk.press("ArrowDown", "ArrowDown", "Enter", "0")
    desk.press("ArrowUp", "ArrowUp")
    assert desk.said() == "Voters"
    desk.press("Shift+ArrowDown")
    assert desk.said() == f"Voters at the {CAFE} {FAMILY} cheered"
    desk.reload()
    (last,) = (row for row in desk.annotations() if row["label"] == "lt.evaluative")
    assert last["parts"][0]["start"] == len(TEXT.format("Ada")) - len("reckless bet.")
    assert desk.labels() == [
        ("lt.dysphemism", "ant"),
        ("lt.epithet", f"{CAFE} {FAMILY}"),
        ("lt.evaluative", "reckless"),
    ]


def test_two_questions_lead_to_a_label_and_every_answer_has_a_key(desk: Desk, site: Site) -> None:
    page = desk.page
    assert site.count("labeling_suggestion") > 0  # but not for this person
    assert desk.server()["suggestions"] == []
    expect(page.locator("#triage")).to_be_hidden()
    desk.jump("brazen")
    desk.press("y", "1", "0")  # none of these
    assert "nothing to mark" in desk.said()
    desk.keys = 0
    desk.press("y", "4", "2")  # it sizes up or judges; no camera could confirm it
    assert desk.keys == 3
    assert desk.labels() == [("lt.evaluative", "brazen")]
    desk.press("2")  # relabel
    desk.press("h")
    meaning = page.locator("#meaning")
    for words in ("renames a person", "Yes:", "Near miss:", "Test:"):
        expect(meaning).to_contain_text(words)
    desk.press("h")
    expect(meaning).not_to_have_attribute("open", "")

    desk.press("t")
    known = page.locator("#entities option").evaluate_all("all => all.map((one) => one.value)")
    assert {"Jon Pell", "Mayor Lia Orr"} <= set(known)
    expect(page.locator("#attribute-target")).to_have_attribute("list", "entities")
    page.keyboard.type("the council")
    desk.press("Enter", "Alt+1", "i", "3", "v", "1", "r")
    page.keyboard.type("bold")
    desk.press("Enter", "n", "Shift+C", "2", "Shift+N")
    page.keyboard.type("Ask again.")
    desk.press("Enter")
    expect(page.locator("#article")).to_be_focused()
    desk.reload()
    (row,) = desk.annotations()
    assert row["label"] == "lt.epithet"
    assert row["attributes"] == {
        "target": "the council", "polarity": "neg", "intensity": "3", "voice": "author",
        "neutral_alternative": "bold",
    }  # fmt: skip
    assert (row["flag"], row["confidence"], row["note"]) == ("discuss", "medium", "Ask again.")
    desk.press("]", "Shift+D")
    assert desk.annotations()[0]["flag"] == "discard"
    desk.press("Shift+D", "Alt+1")  # the same again takes it back: the flag; an answer stays
    (row,) = desk.annotations()
    assert (row["flag"], row["attributes"]["polarity"]) == ("", "neg")


def test_a_text_that_runs_leftwards_is_read_and_marked_leftwards(desk: Desk) -> None:
    title, second = ARABIC.split("\n\n")
    assert desk.place(title.split()[0])[0] > desk.page.viewport_size["width"] / 2
    assert desk.place("400")[0] < desk.place(second.split()[0])[0]
    desk.press("ArrowLeft")  # the word on the left is the next one
    assert desk.said() == title.split()[1]
    desk.press("ArrowRight", "ArrowDown", "Shift+ArrowLeft", "1")
    assert desk.labels() == [("lt.scare_quote", second.removesuffix(" 400."))]
    desk.choose(second.split()[0])
    desk.press("2")
    assert ("lt.epithet", second.split()[0]) in desk.labels()
