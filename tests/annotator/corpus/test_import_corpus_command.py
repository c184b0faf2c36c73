"""``manage.py import_corpus``: the same service, at once, with a result for scripts."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotator.accounts.models import User
from annotator.corpus.models import Article, Event, ImportBatch, Outlet, Project

from .bad_files import BAD_FILES


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("admin")


def run(*args: object, **options: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_corpus", *map(str, args), stdout=out, stderr=err, **options)  # type: ignore[arg-type]
    return out.getvalue().strip(), err.getvalue()


def run_refused(*args: object, **options: object) -> tuple[int, str]:
    err = io.StringIO()
    with pytest.raises(CommandError) as stopped:
        call_command("import_corpus", *map(str, args), stdout=io.StringIO(), stderr=err, **options)  # type: ignore[arg-type]
    return stopped.value.returncode, err.getvalue()


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_told_on_stderr_with_its_place(
    admin: User, project: Project, tmp_path: Path, case: str
) -> None:
    name, data, good, bad = BAD_FILES[case]
    (tmp_path / name).write_bytes(data)
    code, err = run_refused("dam", tmp_path / name)
    assert code == 1
    assert Article.objects.count() == good
    for place, word in bad:
        assert any(line.startswith(place) and word in line for line in err.splitlines())


def test_a_folder_comes_in_whole_and_twice_changes_nothing(
    admin: User, project: Project, tmp_path: Path
) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "one.txt").write_bytes(b"One.")
    (tmp_path / "inner" / "two.txt").write_bytes(b"Two.")
    (tmp_path / "table.csv").write_bytes(b"text,outlet\nThree.,Post\n")
    (tmp_path / "notes.md").write_bytes(b"not an article")
    out, err = run("dam", tmp_path, event="Brindle")
    assert out == "3 added, 0 already there, 0 refused, 1 left out"
    assert ".md" in err
    before = [list(model.objects.values()) for model in (Article, Event, Outlet)]
    out, _ = run("dam", tmp_path, event="Brindle")
    assert out == "0 added, 3 already there, 0 refused, 1 left out"
    assert [list(model.objects.values()) for model in (Article, Event, Outlet)] == before
    assert len(set(ImportBatch.objects.values_list("sha256", flat=True))) == 1


def test_names_that_are_no_text_do_not_stop_a_folder(
    admin: User, project: Project, tmp_path: Path
) -> None:
    odd = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / odd).write_bytes(b"One.")
    out, _ = run("dam", tmp_path, event="ev\udce9nt")
    assert out.startswith("1 added")
    assert Event.objects.get().name == "evnt"
    out, _ = run("dam", tmp_path / odd)
    assert "1 already there" in out


def test_a_project_is_made_when_asked(admin: User, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"One.")
    run("New study", tmp_path / "a.txt", create=True)
    run("New study", tmp_path / "a.txt", create=True)
    assert Project.objects.get().slug == "new-study"


def test_a_path_that_is_not_there_is_named_and_the_rest_comes_in(
    admin: User, project: Project, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"One.")
    code, err = run_refused("dam", tmp_path / "nowhere.txt", tmp_path / "a.txt")
    assert code == 1
    assert "nowhere.txt" in err
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("args", "options", "sentence"),
    [
        (["nope", "a.txt"], {}, "There is no project 'nope'. Known are: dam. Or add --create."),
        (["dam", "a.txt"], {"user": "nobody"}, "There is no user 'nobody'."),
    ],
)
def test_a_wrong_name_is_told_with_the_remedy(
    admin: User, project: Project, args: list[str], options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence.replace(".", r"\.")):
        run(*args, **options)


def test_without_an_administrator_it_says_what_to_do(project: Project) -> None:
    with pytest.raises(CommandError, match="--user"):
        run("dam", "a.txt")


def test_a_folder_without_articles_is_refused(
    admin: User, project: Project, tmp_path: Path
) -> None:
    code, err = run_refused("dam", tmp_path)
    assert code == 1
    assert "no file that is read" in err
