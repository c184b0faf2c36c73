"""Check the stored data against everything that must be true of it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotator.labeling.invariants import breaches


class Command(BaseCommand):
    help = "Check texts, offsets, revisions and history; exit 1 and say where when one is wrong."

    def handle(self, **_: Any) -> None:
        count = 0
        for count, sentence in enumerate(breaches(), start=1):  # noqa: B007  # counted
            self.stdout.write(sentence)
        if count:
            raise CommandError(f"{count} breaches. Restore a backup, or find out how they came.")
        self.stdout.write("Everything holds.")
