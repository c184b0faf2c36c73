"""Random work survives tabs that crash and a network that fails: nothing lost, nothing twice."""

from __future__ import annotations

from playwright.sync_api import Browser

from benchmarks.workbench.soak import run
from tests.journeys.papers import hand_out
from tests.stack.site import Site

TEXT = (
    "Storm over pier\n\nMayor Lia Orr said the pier was safe. Critics claimed that a mere handful "
    "of reckless planners had ever seen it.\n\n"
    + "The brazen council ignored nine warnings, according to the port authority. "
    * 12
)


def test_sixty_operations_survive_crashes_and_a_broken_network(
    browser: Browser, site: Site
) -> None:
    hand_out(site, [TEXT], person="jo", suggestions=True)
    soak, verdict = run(site, browser, operations=60, seed=11, person="jo", trouble=3.0)
    assert soak.kills >= 1
    assert soak.cuts >= 1
    assert verdict.kept >= 60
    assert verdict.lost == []
    assert verdict.doubled == []
    assert verdict.differing == []
    assert verdict.breaches == ""
