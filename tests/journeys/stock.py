"""Something of everything: rows for every page, so that none is looked at empty only."""

from __future__ import annotations

import json
from typing import Any

from tests.stack.site import Site, wait_until

PASSWORD = "a-long-lantern-night-4711"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_STOCK = """
import io, json
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from annotator.accounts.models import User
from annotator.corpus import event_search
from annotator.corpus.grouping import do_rename_event
from annotator.corpus.importing import do_receive, run_batch
from annotator.corpus.models import CodebookVersion, Membership, Project
from annotator.corpus.projects import do_add_member, do_create_project
from annotator.labeling.models import (
    Annotation, Assignment, Claim, Decision, LearnedVersion, Suggestion,
)
from annotator.research.agreement import do_freeze
from annotator.research.models import Release
from annotator.review.models import GoldAnnotation, GoldPart, ReviewDecision

given = json.loads(GIVEN)
now = timezone.now()
boss = User.objects.get(username="admin")
rhea = User.objects.get(username="rhea")
made = {name: User.objects.create_user(username=name, password=given["password"])
        for name in ("noa", "odd", "mina", "vera", "crash")}


def study(name, lead=rhea, **options):
    project = do_create_project(user=boss, name=name, **options)
    if lead is not boss:
        do_add_member(project=project, user=lead, role=Membership.Role.RESEARCHER, by=boss)
    return project


# An empty study, whose one annotator has nothing to read.
empty = study("Empty study")
do_add_member(project=empty, user=made["noa"], role=Membership.Role.ANNOTATOR, by=boss)

# A study of loose articles: some refused, two that tell one story, one proposal rejected.
loose = study("Loose study")
lines = [
    {"id": str(n), "title": text[:30], "outlet": f"Outlet {n}", "text": text,
     "published": "2026-05-04"}
    for n, text in enumerate(given["story"])
]
lines.append({"id": "bad", "title": "No text"})
stream = io.BytesIO("\\n".join(json.dumps(line) for line in lines).encode())
batch = do_receive(project=loose, user=rhea, name="loose.jsonl", stream=stream)
run_batch(batch.pk)
asked = event_search.do_ask(project=loose, actor=rhea, now=now)
event_search.search(asked.pk, clock=timezone.now)

# The demo: numbers kept, a decision, gold, a release, a training that failed.
demo = Project.objects.get(slug="dam-and-ferry")
run = do_freeze(project=demo, actor=rhea)
event = demo.events.order_by("pk").first()
name = event.name
do_rename_event(event=event, name=name + ".", actor=rhea, now=now)
do_rename_event(event=event, name=name, actor=rhea, now=now)
mark = Annotation.objects.filter(assignment__article__project=demo, deleted_at=None).first()
article = mark.assignment.article
taken = ReviewDecision.objects.create(
    article=article, device=mark.device, kind="take", codebook=demo.codebook, reviewer=rhea, at=now)
gold = GoldAnnotation.objects.create(
    article=article, decision=taken, taken_from=mark, device=mark.device, label=mark.label)
part = mark.parts.first()
GoldPart.objects.create(
    gold=gold, position=0, role=part.role, start=part.start, end=part.end, quote=part.quote,
    article=part.article)
Release.objects.create(project=demo, name="First", version="1.0", codebook=demo.codebook,
                       agreement=run, state="done", created_by=rhea)
LearnedVersion.objects.create(project=demo, number=1, detector="loaded_terms", state="failed",
                              error="Too few labels.", asked_by=rhea, asked_at=now)
sheet = Assignment.objects.filter(article__project=demo, state="submitted").order_by("pk").first()
suggestion = Suggestion.objects.filter(article=sheet.article).order_by("pk").first()
Decision.objects.get_or_create(
    suggestion=suggestion, assignment=sheet, defaults={"verdict": "rejected", "at": now})

Group.objects.create(name="Helpers")
TOTP.activate(made["vera"], given["secret"])
RecoveryCodes.activate(made["vera"])

# A study whose stored codebook is broken, as a disk may break it: its page cannot be made.
broken = CodebookVersion.objects.create(
    scheme_id="broken", version=1, source="not a codebook [", sha256="0" * 64)
crash = study("Broken study", lead=made["crash"])
Project.objects.filter(pk=crash.pk).update(codebook=broken)

claim = Claim.objects.filter(event=event, active=True).first()
request = RequestFactory().get("/admin/")
request.user = boss
pages = []
for model, page in admin.site._registry.items():
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
    row = model._default_manager.order_by("pk").first()
    pages += [(names + "changelist", reverse(names + "changelist"))]
    for step in ("change", "history"):
        pages += [(names + step, reverse(names + step, args=[row.pk]) if row else "")]
    if page.has_add_permission(request):
        pages += [(names + "add", reverse(names + "add"))]
    if row and page.has_delete_permission(request, row):
        pages += [(names + "delete", reverse(names + "delete", args=[row.pk]))]
for label in {model._meta.app_label for model in admin.site._registry}:
    pages += [("admin:app_list", reverse("admin:app_list", args=[label]))]
print(json.dumps({
    "admin": pages, "empty": empty.slug, "loose": loose.slug, "broken": crash.slug,
    "demo": demo.slug, "batch": batch.pk, "article": article.pk, "event": event.pk,
    "claim": str(claim.pk), "run": run.pk, "boss": boss.pk,
    "sheet": Assignment.objects.filter(annotator__username="ada").order_by("pk").first().pk,
}))
"""
STORY = (
    "In Orlen the mayor, Per Lund, cut the budget of the Lisk library by half.",
    "Readers of the Lisk library in Orlen protested against the budget of mayor Per Lund.",
    "A comet will pass tonight. Bring gloves and a chart.",
)


def fill(site: Site) -> dict[str, Any]:
    """Fill the demo site up; return the names and numbers that addresses are made of."""
    # What the worker makes by itself.
    for table in ("pulse", "suggestion", "textlayer", "eventledger"):
        wait_until(lambda table=table: site.count(f"labeling_{table}"), seconds=90, what=table)
    given = {"password": PASSWORD, "secret": SECRET, "story": STORY}
    done = site.manage("shell", "--no-imports", "-c", f"GIVEN = {json.dumps(given)!r}\n{_STOCK}")
    assert done.returncode == 0, done.stderr
    with (site.var / "sign-ins.txt").open("a", encoding="utf-8") as file:
        file.writelines(f"{name} {PASSWORD}\n" for name in ("noa", "odd", "mina", "vera", "crash"))
    filled: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    bare = [name for name, address in filled["admin"] if not address]
    assert not bare, f"nothing to look at: {bare}"
    return filled
