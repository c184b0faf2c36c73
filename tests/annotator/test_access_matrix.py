"""Who reaches what: every URL, walked by six people, against a table.

A new URL without a row fails, so nobody can forget to say who may have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from annotator.corpus.models import ImportBatch, Membership
from annotator.labeling.applying import Requested
from annotator.labeling.models import Assignment, Claim
from annotator.labeling.operations import do_apply
from annotator.research.agreement import do_freeze

pytestmark = pytest.mark.django_db

CANARY = "canary-7Qx"
PEOPLE = ("anon", "cy", "ada", "dov", "rhea", "ben")
IN, OUT, GONE, NO, OK, POST = 302, 401, 404, 403, 200, 405

# What a GET answers to: a visitor, Cy (stranger), Ada and Dov (annotators of the project; the
# sheet is Ada's), Rhea (researcher), Ben (admin). 405 means that the URL only takes a POST.
EVERYBODY = (IN, OK, OK, OK, OK, OK)
MEMBERS = (IN, GONE, OK, OK, OK, OK)
LEADS = (IN, GONE, NO, NO, OK, OK)
POSTED = (POST,) * 6
ADA_API = (OUT, GONE, OK, GONE, GONE, GONE)
TABLE: dict[str, tuple[int, ...]] = {
    "home": EVERYBODY,
    "healthz": (OK,) * 6,
    "readyz": (OK,) * 6,
    "profile": EVERYBODY,
    "theme": POSTED,
    "guided": POSTED,
    "own-keys": EVERYBODY,
    "own-keys-reset": POSTED,
    "projects": EVERYBODY,
    "project-new": (IN, NO, NO, NO, OK, OK),
    "project": LEADS,
    "project-settings": LEADS,
    "project-people": LEADS,
    "member-add": POSTED,
    "member-create": POSTED,
    "member-password": POSTED,
    "member-remove": POSTED,
    "member-role": POSTED,
    "import": LEADS,
    "import-batch": LEADS,
    "import-refused": LEADS,
    "articles": LEADS,
    "articles-loose": LEADS,
    "article": LEADS,
    "events": LEADS,
    "event": LEADS,
    "event-proposals": LEADS,
    "event-decide": POSTED,
    "coverage": LEADS,
    "event-claims": LEADS,
    "event-claim": LEADS,
    "codebook": MEMBERS,
    "codebook-source": MEMBERS,
    "assign": LEADS,
    "withdraw": POSTED,
    "agreement": LEADS,
    "agreement-ledger": LEADS,
    "agreement-freeze": POSTED,
    "agreement-run": LEADS,
    "export": LEADS,
    "download": LEADS,
    "download-ledger": LEADS,
    "download-suggestions": LEADS,
    "detectors": LEADS,
    "detectors-retry": POSTED,
    "detectors-train": POSTED,
    "detectors-use": POSTED,
    "detectors-stop": POSTED,
    "workbench": (IN, GONE, OK, GONE, GONE, GONE),
    "ledger": (IN, GONE, OK, GONE, GONE, GONE),
    "api-assignments": (OUT, OK, OK, OK, OK, OK),
    "api-assignment": ADA_API,
    "api-suggestions": ADA_API,
    "api-sibling": ADA_API,
    "api-operations": ADA_API,
    "api-ledger": ADA_API,
    "api-judgments": ADA_API,
    "api-keys": (OUT, *[POST] * 5),
    "api-submit": (OUT, *[POST] * 5),
    "api-reopen": (OUT, *[POST] * 5),
    "api-schema": (OUT, OK, OK, OK, OK, OK),
    "api-docs": EVERYBODY,
}


@pytest.fixture
def world(project: Any, people: Any, make_article: Any) -> dict[str, Any]:
    """A project in which Ada has marked something and noted a canary."""
    article = make_article("Agitators storm dam.", event="Dam")
    sibling = make_article("Guards fired at the dam.", event="Dam")
    sheet = Assignment.objects.create(
        article=article, annotator=people["ada"], position=1, seed=1, assigned_by=people["rhea"]
    )
    part = {"role": "span", "start": 0, "end": 9, "quote": "Agitators", "article": article.pk}
    mark = {
        "id": str(uuid4()), "device": "loaded_terms", "label": "lt.epithet", "parts": [part],
        "attributes": {}, "note": CANARY, "confidence": "", "flag": "",
    }  # fmt: skip
    do_apply(
        assignment=sheet, actor=people["ada"], revision=0, text_sha256=article.sha256,
        requested=[Requested(id=uuid4(), kind="create", annotation=mark)], tab="",
        now=timezone.now(),
    )  # fmt: skip
    batch = ImportBatch.objects.create(
        project=project, created_by=people["rhea"], name="a.txt", stored="", sha256="", size=1
    )
    run = do_freeze(project=project, actor=people["rhea"])
    membership = Membership.objects.get(project=project, user=people["dov"])
    claim = Claim.objects.create(
        event=sibling.event, origin="machine", statement="Guards fired.", created_at=timezone.now()
    )
    return {
        "slug": project.slug,
        "sheet": sheet.pk,
        "sibling": sibling.pk,
        "article": article.pk,
        "event": article.event_id,
        "claim": claim.pk,
        "batch": batch.pk,
        "run": run.pk,
        "member": membership.pk,
    }


def named_urls() -> dict[str, URLPattern]:
    """Every named URL of ours; sign-in pages and the admin have tests of their own."""

    def walk(resolver: URLResolver) -> Iterator[URLPattern]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                yield entry
            elif str(entry.pattern) not in {"accounts/", "admin/"}:
                yield from walk(entry)

    return {str(entry.name): entry for entry in walk(get_resolver())}


def address(name: str, world: dict[str, Any]) -> str:
    numbers = {
        "import-batch": "batch", "import-refused": "batch", "article": "article",
        "event": "event", "coverage": "event", "event-claims": "event", "event-claim": "event",
        "agreement-run": "run", "withdraw": "sheet",
    }  # fmt: skip
    key = "member" if name.startswith("member-") else numbers.get(name, "sheet")
    given = {
        "slug": world["slug"], "pk": world[key], "article": world["sibling"],
        "format_id": "annotations-jsonl", "kind": "jsonl", "claim": world["claim"],
    }  # fmt: skip
    wanted = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
    return reverse(name, kwargs={key: given[key] for key in wanted})


def browser(name: str, people: Any) -> Client:
    client = Client(raise_request_exception=False)
    if name != "anon":
        client.force_login(people[name])
    return client


def test_every_url_has_a_row_and_no_row_lacks_its_url() -> None:
    assert set(named_urls()) == set(TABLE)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_url_answers_a_get_as_the_table_says(who: str, world: Any, people: Any) -> None:
    client = browser(who, people)
    column = PEOPLE.index(who)
    found = {name: client.get(address(name, world)).status_code for name in TABLE}
    assert found == {name: row[column] for name, row in TABLE.items()}


@pytest.mark.parametrize("who", ["anon", "cy", "dov"])
def test_no_answer_to_anybody_else_holds_what_ada_wrote(who: str, world: Any, people: Any) -> None:
    client = browser(who, people)
    leaks = []
    for name in TABLE:
        answer = client.get(address(name, world))
        content = b"".join(answer) if answer.streaming else answer.content
        if CANARY.encode() in content:
            leaks.append(name)
    assert leaks == []


WRITTEN = ["api-operations", "api-judgments", "api-keys", "api-submit", "api-reopen"]


@pytest.mark.parametrize("who", ["anon", "cy", "dov", "rhea", "ben"])
@pytest.mark.parametrize("name", WRITTEN)
def test_nobody_writes_on_adas_sheet_but_ada(who: str, name: str, world: Any, people: Any) -> None:
    answer = browser(who, people).post(
        address(name, world), {}, content_type="application/json", headers={"If-Match": '"1"'}
    )
    assert answer.status_code == (OUT if who == "anon" else GONE)
    assert Assignment.objects.get(pk=world["sheet"]).revision == 1


@pytest.mark.parametrize("who", ["anon", "cy", "ada", "dov"])
def test_nobody_but_leads_changes_the_study(who: str, world: Any, people: Any) -> None:
    client = browser(who, people)
    posted = {
        name: client.post(address(name, world)).status_code
        for name in TABLE
        if TABLE[name] == POSTED or TABLE[name] == LEADS
        if name not in {"theme", "guided", "own-keys-reset"}
    }
    assert set(posted.values()) <= {302, 403, 404, 405}, posted
    if who != "anon":
        assert 302 not in posted.values(), posted


def test_a_removed_annotator_no_longer_reaches_the_sheet(
    world: Any, people: Any, project: Any
) -> None:
    project.memberships.filter(user=people["ada"]).delete()
    assert browser("ada", people).get(address("api-assignment", world)).status_code == 404
