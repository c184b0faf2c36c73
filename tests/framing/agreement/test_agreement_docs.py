"""The page on agreement names every measure and parameter there is, and no other measure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from framing.agreement import MEASURES, measure
from framing.agreement.spec import Measure

PAGE = (Path(__file__).parents[3] / "docs" / "agreement.md").read_text(encoding="utf-8")
ROWS = {found[1]: line for line in PAGE.splitlines()
        if (found := re.match(r"\| `([a-z0-9-]+)`", line))}


@pytest.mark.parametrize("chosen", MEASURES.values(), ids=list(MEASURES))
def test_every_measure_has_a_row_with_its_parameters(chosen: Measure):
    row = ROWS[chosen.id]
    named = set(re.findall(r"`([a-z]+)`", row.split("|")[-2]))
    if "gamma" in named:
        named |= set(MEASURES["gamma"].parameters) - {"seed"}
        named.discard("gamma")
    assert named == set(chosen.parameters)


def test_the_page_names_no_measure_that_is_not_there():
    tables = {id for id in ROWS if "-" in id or id in MEASURES}
    assert tables <= set(MEASURES)


def test_the_example_of_the_page_runs():
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    names: dict[str, object] = {}
    exec(code, names)
    assert names["report"] == measure(names["study"], "gamma", samples=100, seed=1)
