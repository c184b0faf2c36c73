"""The pages for people say what the code does."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from annotator.demo.reading import load
from annotator.labeling.keymap import bindings
from framing import scheme
from framing.annotations import State
from framing.formats import catalog
from framing.problems import Problem

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = ("tutorial-annotator.md", "tutorial-researcher.md", "tutorial-admin.md", "map.md")


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_command_that_is_named_exists() -> None:
    named = {name for text in map(page, PAGES) for name in re.findall(r"manage\.py (\w+)", text)}
    assert named
    assert named <= get_commands().keys()


def test_the_keys_of_the_codebook_are_the_ones_that_annotators_are_told() -> None:
    text = page("tutorial-annotator.md")
    for device in scheme.load().devices:
        keys = [device.complete_key, *(role.key for role in device.roles if role.key)]
        for key in keys:
            assert f"`{key}`" in text, (device.id, key)
    spans, _, omissions = scheme.load().devices
    digits = "".join(label.key for label in spans.labels if label.enabled)
    names = ", ".join(label.name for label in spans.labels if label.enabled)
    assert digits == "1234567890"
    assert f"| {names} |" in text
    for label in omissions.labels:
        assert not label.enabled or f"`{label.key}` {label.name}" in re.sub(r"\s+", " ", text)
    assert f"(`{omissions.attribute('missing').key}`)" in text


def test_the_workbench_has_the_other_keys_too() -> None:
    own = {binding.key for binding in bindings(scheme.load()) if binding.id == binding.command}
    taught = set(re.findall(r"`([a-z.,?]|Enter|Backspace|Shift\+E|Ctrl\+Enter)`",
                            page("tutorial-annotator.md")))
    known = {key for device in scheme.load().devices
             for item in (*device.roles, *device.labels, *device.attributes) if (key := item.key)}
    assert taught
    assert taught - known <= own


def test_the_printed_agreement_is_what_the_demo_gives(tmp_path: Path) -> None:
    text = page("tutorial-researcher.md")
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    command = next(b for b in blocks if "--bootstrap" in b).replace("\\\n", " ").splitlines()[-1]
    printed = blocks[blocks.index(next(b for b in blocks if "--bootstrap" in b)) + 1]
    file = tmp_path / "dam-and-ferry.jsonl"
    file.write_bytes(finished_part_of_the_demo())
    done = subprocess.run([sys.executable, *command.split()[1:]], cwd=tmp_path, check=True,
                          env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.stdout.splitlines()[:2] == printed.splitlines()


def finished_part_of_the_demo() -> bytes:
    """Write what the site exports: annotations of devices that were read to the end."""
    demo, stream = load(), io.BytesIO()
    readings = [r for r in demo.readings if r.state is State.DONE]
    done = {(r.annotator, r.document, r.device) for r in readings}
    rows = [a for a in demo.annotations if (a.annotator, a.document, a.device) in done]
    chosen = catalog.get("annotations-jsonl")
    assert not isinstance(chosen, Problem)
    assert chosen.write is not None
    chosen.write([*demo.documents, *rows, *readings], stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", PAGES)
def test_links_between_pages_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page(name)):
        assert (DOCS / target).exists(), target


def test_the_map_names_only_what_is_there() -> None:
    text = page("map.md")
    for wing in ("framing", "annotator"):
        table = text.partition(f"| in `{wing}/` | |")[2].partition("\n\n")[0]
        names = re.findall(r"`([\w./]+)`", "".join(
            line.split("|")[1] for line in table.splitlines() if line.startswith("| `")))
        assert names
        for entry in names:
            path = ROOT / wing / entry
            assert path.exists() or path.with_suffix(".py").exists(), entry
    for path in re.findall(r"`((?:tests|static|labeling|corpus)/[\w/.]+)`", text):
        assert (ROOT / path).exists() or (ROOT / "annotator" / path).exists(), path


def test_the_ledger_has_the_keys_that_annotators_are_told() -> None:
    text = page("tutorial-ledger.md")
    source = "".join(
        (ROOT / "static/ledger" / name).read_text(encoding="utf-8")
        for name in ("keys.js", "desk.js", "anchoring.js", "adding.js")
    )
    taught = set(re.findall(r"`([a-z?])`", text))
    quoted = set(re.findall(r'"([a-z?])"', source))
    named = set(re.findall(r"\b([a-z]): \(\) =>", source))
    assert {"r", "p", "o", "n", "a", "m", "x"} <= taught <= quoted | named
    for rule in ("E1", "E2", "E3", "E4"):
        assert f"| {rule} |" in text
