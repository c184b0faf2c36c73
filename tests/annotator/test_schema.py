"""The API's promise is written down; a change to it is a change to docs/openapi.yaml."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.core.management import call_command

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"


def test_the_schema_is_the_one_in_the_docs() -> None:
    stream = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=stream)
    remedy = f"Run: manage.py spectacular --file {SNAPSHOT.relative_to(SNAPSHOT.parents[1])}"
    assert stream.getvalue() == SNAPSHOT.read_text(encoding="utf-8"), remedy
