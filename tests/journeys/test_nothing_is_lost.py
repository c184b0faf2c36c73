"""Work survives a lost network, a killed tab and a second tab."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.desk import Desk
from tests.stack.site import wait_until

# How many operations lie in the browser's own store: a tab may be killed once they do.
KEPT = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("framing-workbench");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const count = request.result.transaction("operations").objectStore("operations").count();
    count.onsuccess = () => { request.result.close(); resolve(count.result); };
  };
})"""


def labels(desk: Desk) -> list[str]:
    return sorted(part["quote"] for row in desk.server()["annotations"] for part in row["parts"])


def test_what_was_marked_offline_arrives_after_a_reload(desk: Callable[..., Desk]) -> None:
    dov = desk("dov")
    before = labels(dov)
    dov.page.context.set_offline(True)
    words = dov.page.locator("#article").inner_text().split()
    chosen = next(word for word in words if word.isalpha() and len(word) > 8)
    dov.choose(chosen)
    dov.press("0")
    expect(dov.page.locator("#status")).not_to_have_text("Saved")
    wait_until(lambda: dov.page.evaluate(KEPT) == 1, seconds=5, what="a copy on the disk")
    number = dov.page.locator("body").get_attribute("data-assignment")
    address = dov.page.url
    dov.page.close(run_before_unload=False)

    dov.page.context.set_offline(False)
    again = dov.page.context.new_page()
    again.goto(address)
    desk_again = Desk(again)
    assert again.locator("body").get_attribute("data-assignment") == number
    expect(again.locator("mark[data-annotation]", has_text=chosen).first).to_be_visible()
    desk_again.saved()
    assert labels(desk_again) == sorted([*before, chosen])


def test_two_tabs_of_one_article_end_with_the_same_labels(desk: Callable[..., Desk]) -> None:
    ada = desk("ada")
    other = ada.page.context.new_page()
    other.goto(ada.page.url)
    second = Desk(other)
    before = labels(ada)
    ada.choose("carpenter")
    ada.press("2")
    ada.saved()
    other.bring_to_front()
    second.choose("lanterns")
    second.press("0")
    second.saved()
    assert labels(second) == sorted([*before, "carpenter", "lanterns"])
    ada.page.bring_to_front()
    expect(ada.page.locator("mark[data-annotation]", has_text="lanterns").first).to_be_visible()


def test_undo_takes_back_and_redo_brings_again_also_after_a_reload(
    desk: Callable[..., Desk],
) -> None:
    ada = desk("ada")
    before = labels(ada)
    ada.choose("further")
    ada.press("0")
    ada.saved()
    assert labels(ada) == sorted([*before, "further"])
    ada.press("Control+z")
    ada.saved()
    assert labels(ada) == before
    ada.press("Control+Shift+z")
    ada.saved()
    assert labels(ada) == sorted([*before, "further"])
    ada.page.reload()
    ada.saved()
    assert labels(ada) == sorted([*before, "further"])
