"""Give articles the runs they lack and publish what is due, as the worker's clock does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from annotator.corpus import tasks as imports
from annotator.labeling import detection, outbox, tasks


class Command(BaseCommand):
    help = "Plan missing detector runs and tell the worker what is due. Harmless at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--release",
            action="store_true",
            help="also give back what a worker has claimed; only when no worker runs",
        )

    def handle(self, *, release: bool, **_: Any) -> None:
        try:
            planned = tasks.plan_all()
        except detection.NoPipeline as error:
            raise CommandError(str(error)) from error
        released = outbox.release(now=timezone.now()) if release else 0
        batches, articles = imports.sweep(), tasks.sweep()
        due = outbox.due(timezone.now()).count()
        self.stdout.write(
            f"{planned} runs planned, {released} released; {batches} imports and {articles} "
            f"articles published; {due} runs are due."
        )
