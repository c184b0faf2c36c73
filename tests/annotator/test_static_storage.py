"""What browsers get after collectstatic: every module under a hashed name, and few bytes."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from annotator.static_storage import StaticStorage

IMPORT = re.compile(r"(?:^|(?<=;))import\s*\{[^}]*\}\s*from\s*[\"']([^\"']+)[\"'];", re.MULTILINE)
SOURCES = Path(__file__).resolve().parents[2] / "static" / "workbench"


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = [SOURCES.parent]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "annotator.static_storage.StaticStorage"},
    }
    call_command("collectstatic", "--no-input", verbosity=0)
    return tmp_path


def modules(folder: Path, part: str = "workbench/") -> dict[str, Path]:
    """Return the served file of every module of a page, by its plain name."""
    names = json.loads((folder / "staticfiles.json").read_text())["paths"]
    return {
        name.removeprefix(part): folder / hashed
        for name, hashed in names.items()
        if name.startswith(part) and name.endswith(".js")
    }


def test_every_import_names_a_hashed_file_that_exists(collected: Path) -> None:
    served = modules(collected)
    found = 0
    for name, file in served.items():
        plain = IMPORT.findall((SOURCES / name).read_text(encoding="utf-8"))
        hashed = IMPORT.findall(file.read_text(encoding="utf-8"))
        assert hashed == [f"./{served[target.removeprefix('./')].name}" for target in plain]
        found += len(hashed)
    assert found > 100
    assert len(served) == len(list(SOURCES.glob("*.js")))


def test_the_workbench_weighs_at_most_60_kilobytes_gzipped(collected: Path) -> None:
    served = modules(collected)
    del served["types.js"]  # only names types: no page asks for it
    total = sum(len(gzip.compress(file.read_bytes(), 9)) for file in served.values())
    assert total <= 60_000


def test_the_page_asks_for_every_module_at_once(collected: Path) -> None:
    template = SOURCES.parents[1] / "templates" / "labeling" / "workbench.html"
    preload = re.compile(
        r"""<link rel="modulepreload" href="{% static 'workbench/([\w-]+.js)' %}">"""
    )
    asked = preload.findall(template.read_text(encoding="utf-8"))
    assert asked == sorted(modules(collected).keys() - {"main.js", "types.js"})


def test_the_ledger_weighs_at_most_14_kilobytes_beside_what_it_shares(collected: Path) -> None:
    served = modules(collected, "ledger/")
    del served["types.js"]
    total = sum(len(gzip.compress(file.read_bytes(), 9)) for file in served.values())
    assert total <= 14_000


def test_the_ledger_asks_for_all_it_imports_at_once(collected: Path) -> None:
    folder = SOURCES.parents[1] / "templates" / "labeling" / "ledger.html"
    preload = re.compile(r"""modulepreload" href="{% static '([\w/-]+.js)' %}">""")
    asked = preload.findall(folder.read_text(encoding="utf-8"))
    own = {f"ledger/{name}" for name in modules(collected, "ledger/")} - {"ledger/types.js"}
    texts = [(SOURCES.parent / name).read_text(encoding="utf-8") for name in own]
    shared = {
        target.removeprefix("../")
        for text in texts
        for target in IMPORT.findall(text)
        if target.startswith("../")
    }
    assert sorted(asked) == sorted((own | shared) - {"ledger/main.js"})


def test_comments_stay_at_home(collected: Path) -> None:
    for file in [*modules(collected).values(), *modules(collected, "ledger/").values()]:
        assert "/**" not in file.read_text(encoding="utf-8")


def test_collecting_twice_changes_nothing(collected: Path) -> None:
    before = modules(collected)
    call_command("collectstatic", "--no-input", verbosity=0)
    assert modules(collected) == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    storage = StaticStorage(location=str(tmp_path), base_url="/static/")
    assert list(storage.post_process({"workbench/main.js": (storage, "x")}, dry_run=True)) == []
    assert list(tmp_path.iterdir()) == []
