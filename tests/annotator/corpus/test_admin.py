"""The admin: useful lists, and texts that cannot be changed there either."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from annotator.accounts.models import User
from annotator.corpus.event_search import do_ask
from annotator.corpus.grouping import do_rename_event
from annotator.corpus.models import Article, EventProposal

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
OURS = ("accounts", "corpus")
MODELS = sorted(
    (model._meta.app_label, str(model._meta.model_name))
    for model in admin.site._registry
    if model._meta.app_label in OURS and model._meta.model_name != "emailaddress"
)


@pytest.fixture
def site(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("site"))
    return client


@pytest.fixture
def filled(hand_in: Any, make_article: Any, project: Any) -> Article:
    hand_in("two.csv", b'id,text\na,"A."\nb,\n')
    article: Article = make_article("A text of its own.", event="Dam")
    moved = do_rename_event(event=article.event, name="Dam, May", actor=project.created_by, now=NOW)
    asked = do_ask(project=project, actor=project.created_by, now=NOW)
    EventProposal.objects.create(
        search=asked, project=project, event=moved, articles=[], score=0.5, reason="Both say dam."
    )
    return article


def test_every_model_of_ours_is_there() -> None:
    names = {name for _, name in MODELS}
    assert names == {
        "user", "project", "membership", "outlet", "event", "article", "importbatch",
        "importrow", "codebookversion", "eventchange", "eventproposal", "eventsearch",
    }  # fmt: skip


@pytest.mark.parametrize(("app", "name"), MODELS)
def test_every_list_opens_searches_and_leads_to_its_rows(
    site: Client, filled: Article, app: str, name: str
) -> None:
    url = reverse(f"admin:{app}_{name}_changelist")
    assert site.get(url).status_code == 200
    assert site.get(url, {"q": "dam'; \x00 --"}).status_code == 200
    model = next(m for m in admin.site._registry if m._meta.model_name == name)
    row = model._default_manager.first()
    assert row is not None
    page = site.get(reverse(f"admin:{app}_{name}_change", args=[row.pk]))
    assert page.status_code == 200
    assert 'style="' not in page.content.decode()


def test_an_article_keeps_its_text_but_may_get_a_better_title(
    site: Client, filled: Article
) -> None:
    url = reverse("admin:corpus_article_change", args=[filled.pk])
    data = {
        "title": "Better", "event": filled.event_id, "outlet": filled.outlet_id, "published": "",
        "url": "", "language": "en", "text": "Forged.", "sha256": "0" * 64,
    }  # fmt: skip
    assert site.post(url, data).status_code == 302
    filled.refresh_from_db()
    assert (filled.title, filled.text) == ("Better", "A text of its own.")


@pytest.mark.parametrize("name", ["ada", "rhea", "ben", "cy"])
def test_nobody_but_staff_gets_in(signed_in: Any, filled: Article, name: str) -> None:
    answer = signed_in(name).get(reverse("admin:corpus_article_changelist"))
    assert answer.status_code == 302
    assert "/admin/login/" in answer.headers["Location"]


def test_a_visitor_signs_in_to_the_admin_like_everywhere(client: Client, db: None) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    answer = client.post("/admin/login/", {"username": "site", "password": "x"})
    assert answer.status_code == 302


def test_no_pseudonym_is_changed_by_hand(site: Client, people: dict[str, User]) -> None:
    page = site.get(reverse("admin:accounts_user_change", args=[people["ada"].pk]))
    text = page.content.decode()
    assert people["ada"].pseudonym in text
    assert 'name="pseudonym"' not in text
