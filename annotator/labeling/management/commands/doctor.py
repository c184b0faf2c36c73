"""Look at everything the site needs and say what is wrong and how to mend it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotator.supervisor.checks import findings


class Command(BaseCommand):
    help = "Check state folder, database, Redis, worker and language model; exit 1 on a problem."
    requires_system_checks = ()

    def handle(self, **_: Any) -> None:
        bad = 0
        for finding in findings():
            bad += bool(finding.remedy)
            self.stdout.write(f"{'!!' if finding.remedy else 'ok'}  {finding.name}: {finding.seen}")
            if finding.remedy:
                self.stdout.write(f"    -> {finding.remedy}")
        if bad:
            raise CommandError(f"{bad} of the checks found a problem.")
