"""``manage.py import_corpus PROJECT PATH...``: the import page's service, run at once."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from annotator.accounts.models import User
from annotator.accounts.refusals import Refusal
from annotator.corpus.importing import LEASE, do_receive, import_rows
from annotator.corpus.models import ImportBatch, ImportRow, Project
from annotator.corpus.packing import packed, sorted_out
from annotator.corpus.projects import do_create_project
from framing.formats.archive import READERS

Outcome = ImportRow.Outcome
_NOTHING = f"the folder holds no file that is read. Put {', '.join(READERS)} there."


class Command(BaseCommand):
    help = (
        "Import articles from texts, folders, .zip, .csv and .jsonl into a project. "
        "Running it twice changes nothing. Exits 1 when anything was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's slug, or its name with --create")
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--event", default="", help="event for articles that name none")
        parser.add_argument("--create", action="store_true", help="make the project if needed")
        parser.add_argument("--user", default="", help="who imports; default: an administrator")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        user = _user(options["user"])
        project = _project(options["project"], create=options["create"], user=user)
        counts: Counter[str] = Counter()
        for path in options["paths"]:
            for name, stream in self._streams(path, counts):
                counts += self._import(project, user, name, stream, options["event"])
        self.stdout.write(_summary(counts))
        if counts[Outcome.REFUSED]:
            raise CommandError("Some rows were refused; see above.", returncode=1)

    def _streams(self, path: Path, counts: Counter[str]) -> Iterator[tuple[str, IO[bytes]]]:
        try:
            if path.is_dir():
                wanted, others = sorted_out(path)
                if others:
                    counts[Outcome.SKIPPED] += len(others)
                    self.stderr.write(_left_out(path, others))
                if not wanted:
                    counts[Outcome.REFUSED] += 1
                    self.stderr.write(f"{path}: {_NOTHING}")
                yield from packed(path, wanted)
            else:
                with path.open("rb") as stream:
                    yield path.name, stream
        except OSError as error:
            counts[Outcome.REFUSED] += 1
            self.stderr.write(f"{path}: {error.strerror}. Check the path and that you may read it.")

    def _import(
        self, project: Project, user: User, name: str, stream: IO[bytes], event: str
    ) -> Counter[str]:
        try:
            # Held: a worker that runs beside us must not read the same batch.
            batch = do_receive(
                project=project,
                user=user,
                name=name,
                stream=stream,
                event_name=event,
                hold_until=timezone.now() + LEASE,
            )
        except Refusal as refusal:
            self.stderr.write(refusal.detail)
            return Counter({Outcome.REFUSED.value: 1})
        with tqdm(unit=" rows", desc=name, disable=None, leave=False) as bar:
            import_rows(batch, watch=lambda at: bar.update(at.rows_seen - bar.n))
        return self._told(batch)

    def _told(self, batch: ImportBatch) -> Counter[str]:
        if batch.state == ImportBatch.State.FAILED:
            self.stderr.write(f"{batch.name}: {batch.error}")
            return Counter({Outcome.REFUSED.value: 1})
        for row in batch.rows.filter(outcome=Outcome.REFUSED).order_by("number").iterator():
            self.stderr.write(f"{row.place}: {row.reason}")
        return Counter(batch.rows.values_list("outcome", flat=True))


def _left_out(folder: Path, files: list[Path]) -> str:
    kinds = ", ".join(sorted({file.suffix or file.name for file in files}))
    return f"{folder}: {len(files)} files of other kinds are left out: {kinds}."


def _user(name: str) -> User:
    people = User.objects.filter(is_active=True)
    found = people.filter(username=name) if name else people.filter(is_superuser=True)
    user = found.order_by("pk").first()
    if user is None:
        who = f"no user {name!r}" if name else "no site administrator"
        raise CommandError(f"There is {who}. Name a user with --user, or make one first.")
    return user


def _project(name: str, *, create: bool, user: User) -> Project:
    project = (
        Project.objects.filter(slug=name).first() or Project.objects.filter(name=name).first()
    )
    if project or not create:
        if project is None:
            known = ", ".join(Project.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(
                f"There is no project {name!r}. Known are: {known}. Or add --create."
            )
        return project
    try:
        return do_create_project(user=user, name=name)
    except Refusal as refusal:
        raise CommandError(refusal.detail) from refusal


def _summary(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[outcome]} {outcome.label}" for outcome in Outcome)
