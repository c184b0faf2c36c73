"""Who may import whom; a deliberate breach shows that the contracts bite."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
DOORS = (".views", ".api", ".admin", ".tasks")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_of_the_house(folder: Path) -> Path:
    for name in ("framing", "annotator"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.txt")
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_house_keeps_its_import_contracts() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("framing/spans.py", "import django", "The science knows no site"),
        (
            "annotator/corpus/models.py",
            "import annotator.labeling.models",
            "Apps import in one order",
        ),
    ],
)
def test_a_deliberate_breach_is_found(tmp_path: Path, file: str, line: str, contract: str) -> None:
    house = copy_of_the_house(tmp_path)
    with (house / file).open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")
    done = lint(house)
    assert done.returncode != 0
    assert f"{contract} BROKEN" in done.stdout


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("annotator")


def door_of(module: str) -> str:
    return next((door for door in DOORS if f"{module}.".find(f"{door}.") > 0), "")


def test_only_the_map_imports_pages_and_api(graph: grimp.ImportGraph) -> None:
    breaches = [
        (importer, module)
        for module in graph.modules
        if door_of(module) in {".views", ".api"}
        for importer in graph.find_modules_that_directly_import(module)
        if importer != "annotator.urls" and door_of(importer) != door_of(module)
    ]
    assert breaches == []


def test_services_import_no_tasks(graph: grimp.ImportGraph) -> None:
    breaches = [
        (importer, module)
        for module in graph.modules
        if door_of(module) == ".tasks"
        for importer in graph.find_modules_that_directly_import(module)
        if not door_of(importer) and importer != "annotator.urls"
    ]
    assert [pair for pair in breaches if ".management." not in pair[0]] == []
