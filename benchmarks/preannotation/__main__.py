"""Measure pre-annotation on the demo's articles, made longer; prints words per CPU second.

Three ways over the same texts: the language model alone, parse and detectors, and the whole task
with its database writes on SQLite. CPU time counts, so that a busy machine changes little.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ARTICLES = 60
REPEATS = 3

with tempfile.TemporaryDirectory() as folder:
    os.environ["FRAMING_VAR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "annotator.settings"
    os.environ.pop("DATABASE_URL", None)

    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()

    from django.utils import timezone

    from annotator.accounts.models import User
    from annotator.corpus.models import Article
    from annotator.corpus.projects import do_create_project
    from annotator.labeling import detection, outbox
    from annotator.labeling.models import Suggestion
    from framing.offsets import fingerprint

    def texts() -> list[str]:
        files = sorted(Path(settings.BASE_DIR, "annotator", "demo", "articles").glob("*.txt"))
        sources = [file.read_text(encoding="utf-8") for file in files]
        return [
            f"{number}\n\n" + sources[number % len(sources)] * REPEATS for number in range(ARTICLES)
        ]

    def store(contents: Iterable[str]) -> None:
        user = User.objects.create_superuser("bench")
        project = do_create_project(user=user, name="Bench", description="")
        for number, text in enumerate(contents):
            Article.objects.create(
                project=project, external_id=str(number), text=text, length=len(text),
                sha256=fingerprint(text), words=len(text.split()),
            )  # fmt: skip

    def seconds(work: Callable[[], object]) -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    call_command("migrate", verbosity=0)
    contents = texts()
    store(contents)
    pipeline = detection.pipeline()
    outbox.plan(pipeline.runs)
    pipeline.detect(pipeline.parse(contents[0]))  # what the first text loads is not counted
    words = sum(len(text.split()) for text in contents)

    model = seconds(lambda: list(pipeline.nlp.pipe(contents, batch_size=16)))
    rules = seconds(lambda: [pipeline.detect(pipeline.parse(text)) for text in contents])
    task = seconds(
        lambda: [
            detection.detect_article(pk, pipeline=pipeline, clock=timezone.now, draw=lambda: 0.5)
            for pk in Article.objects.values_list("pk", flat=True)
        ]
    )
    print(f"{ARTICLES} articles, {words:,} words, {Suggestion.objects.count():,} suggestions")
    for name, spent in [("model alone", model), ("with detectors", rules), ("whole task", task)]:
        print(f"{name:<16}{words / spent:>9,.0f} words/s{model / spent:>8.2f} of the model alone")
