"""No page is forgotten by the journeys that look at all of them."""

from __future__ import annotations

from tests.journeys import inventory


def test_every_named_address_is_visited_or_explained() -> None:
    assert {name for name in inventory.named_urls() if not inventory.known(name)} == set()


def test_nothing_is_listed_that_is_gone() -> None:
    listed = {
        *inventory.STUDY, *inventory.EVERYBODY, *inventory.ACCOUNT, *inventory.FACTOR,
        *inventory.VISITOR, *inventory.WALKED, *inventory.ADMIN, *inventory.ADMIN_WALKED,
        *inventory.NO_PAGE,
    }  # fmt: skip
    assert listed - inventory.named_urls() == set()


def test_an_address_that_nobody_listed_is_noticed() -> None:
    assert not inventory.known("admin:corpus_article_merge")
    assert not inventory.known("project-timeline")
