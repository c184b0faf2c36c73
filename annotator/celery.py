"""The Celery application; its settings are the ``CELERY_*`` names in settings.py."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun, worker_ready
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")

app = Celery("annotator")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def _check_connection(**_: Any) -> None:
    """Leave a connection that broke, or is too old, before the next task uses it."""
    close_old_connections()


@worker_ready.connect
def _begin(**_: Any) -> None:
    """Answer at once that a worker is there, and look for what a new version has to redo."""
    app.send_task("annotator.labeling.tasks.pulse", retry=False)
    app.send_task("annotator.labeling.tasks.plan", args=(1,), retry=False)
