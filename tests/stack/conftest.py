"""Sites to start: one that nobody harms, and fresh ones to harm."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack.site import Site, kill


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with tables and static files, as the first start leaves it."""
    made = Site(tmp_path_factory.mktemp("prepared") / "var")
    made.var.mkdir()
    try:
        made.start()
        made.stop()
    finally:
        kill(made.processes())
    return made.var


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Iterator[Site]:
    made = Site(Path(shutil.copytree(prepared, tmp_path / "var")))
    yield made
    kill(made.processes())


@pytest.fixture(scope="module")
def running(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that runs; its tests look and do no harm."""
    folder = tmp_path_factory.mktemp("running") / "var"
    made = Site(Path(shutil.copytree(prepared, folder)))
    made.start()
    yield made
    kill(made.processes())
