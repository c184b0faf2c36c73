"""Ada and Dov annotate, Rhea researches, Ben administers, Cy is a stranger: in every test."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.test import Client

from annotator.accounts.models import User
from annotator.corpus.models import Article, CodebookVersion, Event, Membership, Outlet, Project
from framing import scheme
from framing.offsets import fingerprint

# Playwright keeps an event loop in this thread; Django then takes every test for asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

Role = Membership.Role


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    """Serve static files by name; hashed names exist only after collectstatic."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def people(db: None) -> dict[str, User]:
    return {
        name: User.objects.create_user(username=name, display_name=name.capitalize())
        for name in ("ada", "dov", "ben", "rhea", "cy")
    }


@pytest.fixture
def ada(people: dict[str, User]) -> User:
    return people["ada"]


@pytest.fixture
def codebook(db: None) -> CodebookVersion:
    source = scheme.source("framing-1")
    return CodebookVersion.objects.create(
        scheme_id="framing-1", version=1, source=source, sha256=fingerprint(source)
    )


@pytest.fixture
def project(people: dict[str, User], codebook: CodebookVersion) -> Project:
    """A project whose members are Ada and Dov (annotators), Rhea (researcher), Ben (admin)."""
    made = Project.objects.create(
        name="Dam coverage", slug="dam", codebook=codebook, created_by=people["ben"]
    )
    roles = {"ada": Role.ANNOTATOR, "dov": Role.ANNOTATOR, "rhea": Role.RESEARCHER}
    for name, role in {**roles, "ben": Role.ADMIN}.items():
        Membership.objects.create(project=made, user=people[name], role=role)
    return made


@pytest.fixture
def make_article(project: Project) -> Any:
    """Return a maker of articles; those with the same event name are siblings."""

    def make(
        text: str, *, event: str = "", outlet: str = "Post", into: Project = project
    ) -> Article:
        return Article.objects.create(
            project=into,
            event=Event.objects.get_or_create(project=into, name=event)[0] if event else None,
            outlet=Outlet.objects.get_or_create(project=into, name=outlet)[0],
            external_id=fingerprint(text)[:12],
            title=text.splitlines()[0][:100],
            text=text,
            sha256=fingerprint(text),
            length=len(text),
            words=len(text.split()),
        )

    return make


@pytest.fixture
def signed_in(people: dict[str, User]) -> Any:
    """Return a maker of browsers in which a person is signed in."""

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(people[name])
        return client

    return browser
