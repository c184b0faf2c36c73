"""The page about codebooks keeps up with the code."""

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from framing import scheme as schemes

PAGE = Path(__file__).parents[2].joinpath("docs", "schemes.md").read_text("utf-8")
KINDS = {"Scheme": schemes.Scheme, "Preset": schemes.Preset, "Device": schemes.Device,
         "Role": schemes.Role, "Label": schemes.LabelDef, "Attribute": schemes.Attribute,
         "Value": schemes.Value, "Rule": schemes.Rule}


def section(kind: str) -> str:
    found = re.search(rf"^### {kind}\b.*?(?=^##)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/schemes.md has no section {kind}"
    return found.group()


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_names_every_field_and_no_other(kind: str) -> None:
    first_cells = "".join(re.findall(r"^\| (`.*?) \|", section(kind), re.MULTILINE))
    named = dict(re.findall(r"`(\w+)`( \*)?", first_cells))
    required = {f.name for f in fields(KINDS[kind]) if f.default is MISSING}
    assert set(named) == {f.name for f in fields(KINDS[kind])}
    assert {name for name, star in named.items() if star} == required


def test_the_page_names_every_key_of_the_workbench() -> None:
    keys = PAGE[PAGE.index("## Keys"):]
    assert all(f"`{key}`" in keys for key in schemes.RESERVED)


def test_the_smallest_codebook_of_the_page_works() -> None:
    [example] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert schemes.parse(example).labels[0].id == "tone.warm"


def test_the_problem_that_the_page_shows_is_the_one_that_is_said() -> None:
    text = schemes.source("framing-1").replace('key = "3"\ndefinition = "A harsher',
                                               'key = "2"\ndefinition = "A harsher')
    with pytest.raises(schemes.SchemeError) as caught:
        schemes.parse(text)
    assert f"mine.toml, {caught.value}" in " ".join(PAGE.split())
