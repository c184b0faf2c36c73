"""Load the demo project and its people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from annotator.accounts.demo_accounts import ensure_people
from annotator.accounts.models import User
from annotator.accounts.refusals import Refusal
from annotator.labeling.demo import do_load_demo


class Command(BaseCommand):
    help = "Load the demo project with its people; running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        names = ensure_people(settings.VAR_DIR)
        people = {name: User.objects.get(username=name) for name in names}
        try:
            with transaction.atomic():  # half a demo would be taken for a whole one
                project = do_load_demo(people=people, now=timezone.now())
        except Refusal as refusal:
            told = "\n".join(str(problem) for problem in refusal.body.get("problems", []))
            raise CommandError(f"{refusal.detail}\n{told}") from refusal
        said = f"Loaded the project {project}." if project else "The demo is there already."
        self.stdout.write(said)
