"""Random work survives tabs that crash and a network that fails: nothing lost, nothing twice."""

from __future__ import annotations

from playwright.sync_api import Browser

from benchmarks.workbench.soak import run
from tests.stack.site import Site


def test_sixty_operations_survive_crashes_and_a_broken_network(
    browser: Browser, site: Site
) -> None:
    soak, verdict = run(site, browser, operations=60, seed=11, trouble=3.0)
    assert soak.kills >= 1
    assert soak.cuts >= 1
    assert verdict.kept >= 60
    assert verdict.lost == []
    assert verdict.doubled == []
    assert verdict.differing == []
    assert verdict.breaches == ""
