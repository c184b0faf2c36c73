"""Settings: every variable is documented, wrong values are one sentence, secrets stay secret."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from annotator import celery_app, environment
from annotator.labeling import detection, outbox

ROOT = Path(settings.BASE_DIR)
DOCUMENT = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
READ = re.compile(r"\benv\.(?:text|flag|number|items|pairs|some_of|secret)\(\s*\"([A-Z_]+)\"")


def variables() -> set[str]:
    return {
        name
        for path in (ROOT / "annotator").rglob("*.py")
        for name in READ.findall(path.read_text(encoding="utf-8"))
    }


def documented() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", DOCUMENT, flags=re.MULTILINE))


def test_the_search_finds_the_variables() -> None:
    assert {"FRAMING_VAR", "DATABASE_URL", "PORT", "FRAMING_WEB_THREADS"} <= variables()


def test_every_variable_is_documented_and_no_other() -> None:
    assert documented() == variables()


def test_the_documented_limits_are_the_real_ones() -> None:
    assert f"the {outbox.CLAIM.seconds} s such a task" in DOCUMENT
    assert f"longer than {detection.LONGEST:,} characters" in DOCUMENT


def django(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c",
         "from django.conf import settings; print(settings.SECRET_KEY)"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "FRAMING_VAR": str(tmp_path), **env},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_key_is_drawn_once_and_kept_private(tmp_path: Path) -> None:
    first, second = django(tmp_path).stdout.strip(), django(tmp_path).stdout.strip()
    assert len(first) >= 50
    assert first == second
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_state_folder_we_make_is_ours_alone(tmp_path: Path) -> None:
    django(tmp_path / "var")
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_a_key_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("known to all")
    (tmp_path / "secret_key").chmod(0o644)
    done = django(tmp_path)
    assert done.returncode == 1
    assert f"chmod 600 {tmp_path}/secret_key" in done.stderr


@pytest.mark.parametrize(
    ("variable", "value"), [("FRAMING_HTTPS", "perhaps"), ("FRAMING_UPLOAD_MB", "many")]
)
def test_a_wrong_value_stops_the_start_with_its_name(
    tmp_path: Path, variable: str, value: str
) -> None:
    done = django(tmp_path, **{variable: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"{variable}='{value}'")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("value", "means"), [("1", True), ("Yes", True), ("off", False), ("", False)]
)
def test_a_yes_or_no_is_read(monkeypatch: pytest.MonkeyPatch, value: str, means: bool) -> None:
    monkeypatch.setenv("FLAG", value)
    assert environment.flag("FLAG", default=not means) is means


def test_redis_is_not_trusted_with_acknowledgements_and_publishing_never_retries() -> None:
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["ack_emulation"] is False
    assert settings.CELERY_TASK_PUBLISH_RETRY is False
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert not hasattr(settings, "CELERY_RESULT_BACKEND")


def test_every_scheduled_and_routed_task_exists() -> None:
    celery_app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert named | set(settings.CELERY_TASK_ROUTES) <= set(celery_app.tasks)
