"""Forms of a project: what they take, what they refuse, and that nothing hostile breaks them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from annotator.accounts.models import User
from annotator.corpus.models import Article, Event, Membership, Project

SETTINGS = {
    "name": "Dam coverage",
    "description": "",
    "preset": "core",
    "language": "en",
    "redundancy": "3",
    "blind": "on",
    "share_shown": "50",
    "share_after": "50",
    "share_checks": "30",
    "seed": "7",
}
HOSTILE = ["\x00", "9" * 400, "-1", "<script>alert(1)</script>", "1e999", "\ud7ff", "' OR '1'='1"]


def at(name: str, project: Project, *args: object) -> str:
    return reverse(name, args=[project.slug, *args])


def test_a_new_project_leads_on_to_its_import(signed_in: Any, project: Project) -> None:
    data = {**SETTINGS, "name": "Ferry strike", "scheme_id": "framing-1"}
    answer = signed_in("rhea").post(reverse("project-new"), data)
    made = Project.objects.get(slug="ferry-strike")
    assert answer.headers["Location"] == at("import", made)
    assert (made.redundancy, made.seed, made.blind, made.may_reopen) == (3, 7, True, False)


def test_settings_are_saved(signed_in: Any, project: Project) -> None:
    answer = signed_in("rhea").post(at("project-settings", project), SETTINGS, follow=True)
    assert "Saved." in answer.content.decode()
    project.refresh_from_db()
    assert (project.redundancy, project.share_shown, project.share_after) == (3, 50, 50)
    assert project.share_checks == 30


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 121}, "at most 120"),
        ({"redundancy": "0"}, "greater than or equal to 1"),
        ({"redundancy": "51"}, "less than or equal to 50"),
        ({"seed": "2147483648"}, "less than or equal to 2147483647"),
        ({"preset": "huge"}, "Select a valid choice"),
        ({"share_shown": "60"}, "more than 100 %"),
    ],
)
def test_settings_that_cannot_be_are_refused_in_words(
    signed_in: Any, project: Project, change: dict[str, str], sentence: str
) -> None:
    answer = signed_in("rhea").post(at("project-settings", project), {**SETTINGS, **change})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    project.refresh_from_db()
    assert project.redundancy == 2
    assert "Dam coverage" in answer.content.decode()


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("field", ["name", "description", "language", "seed", "share_shown"])
def test_no_value_breaks_the_settings(
    signed_in: Any, project: Project, field: str, value: str
) -> None:
    answer = signed_in("rhea").post(at("project-settings", project), {**SETTINGS, field: value})
    assert answer.status_code in (302, 400)
    assert "<script>alert" not in signed_in("rhea").get(at("project", project)).content.decode()


def test_an_event_is_renamed_but_not_to_the_name_of_another(
    signed_in: Any, project: Project, make_article: Any
) -> None:
    event = make_article("One.", event="Dam").event
    make_article("Two.", event="Ferry")
    rhea = signed_in("rhea")
    rhea.post(at("event", project, event.pk), {"rename": "1", "name": "Brindle dam"})
    assert Event.objects.filter(name="Brindle dam").exists()
    answer = rhea.post(at("event", project, event.pk), {"rename": "1", "name": "Ferry"})
    assert answer.status_code == 400
    assert "another event" in answer.content.decode()


def test_articles_are_moved_to_another_event_a_new_one_or_none(
    signed_in: Any, project: Project, make_article: Any
) -> None:
    article = make_article("One.", event="Dam")
    rhea = signed_in("rhea")
    data = {"move": "1", "articles": [article.pk], "event_name": "New story"}
    rhea.post(at("event", project, article.event_id), data)
    article.refresh_from_db()
    assert article.event.name == "New story"
    data = {"move": "1", "articles": [article.pk], "event_name": ""}
    rhea.post(at("event", project, article.event_id), data)
    article.refresh_from_db()
    assert article.event is None
    rhea.post(at("articles-loose", project), {**data, "event_name": "Dam"})
    article.refresh_from_db()
    assert article.event.name == "Dam"


def test_articles_of_another_project_are_not_moved(
    signed_in: Any, project: Project, make_article: Any, people: dict[str, User]
) -> None:
    other = Project.objects.create(
        name="Other", slug="other", codebook=project.codebook, created_by=people["ben"]
    )
    theirs = make_article("Theirs.", into=other)
    mine = make_article("Mine.", event="Dam")
    data = {"move": "1", "articles": [theirs.pk], "event_name": "Stolen"}
    for url in (at("event", project, mine.event_id), at("articles-loose", project)):
        assert signed_in("rhea").post(url, data).status_code == 400
    assert Article.objects.get(pk=theirs.pk).event is None


@pytest.mark.parametrize("name", ["event", "article", "import-batch", "import-refused"])
@pytest.mark.parametrize("pk", [0, 999, 2**63, 10**30])
def test_a_number_that_is_not_there_is_a_missing_page(
    signed_in: Any, project: Project, name: str, pk: int
) -> None:
    assert signed_in("rhea").get(at(name, project, pk)).status_code == 404


def test_what_belongs_to_another_project_is_a_missing_page(
    signed_in: Any, project: Project, make_article: Any, people: dict[str, User]
) -> None:
    other = Project.objects.create(
        name="Other", slug="other", codebook=project.codebook, created_by=people["ben"]
    )
    theirs = make_article("Theirs.", event="Dam", into=other)
    rhea = signed_in("rhea")
    assert rhea.get(at("article", project, theirs.pk)).status_code == 404
    assert rhea.get(at("event", project, theirs.event_id)).status_code == 404
    assert rhea.get(at("articles", other)).status_code == 404


def test_the_codebook_shows_every_definition_and_example(
    signed_in: Any, project: Project
) -> None:
    answer = signed_in("ada").get(at("codebook", project))
    text = answer.content.decode()
    scheme = answer.context["scheme"]
    assert all(f'id="{label.id}"' in text for label in scheme.labels)
    assert all(f'id="{device.id}"' in text for device in scheme.devices)
    assert "Near miss" in text
    download = signed_in("ada").get(at("codebook-source", project))
    assert download.content.decode() == project.codebook.source


def test_the_list_of_projects_holds_ones_own(
    signed_in: Any, project: Project, people: dict[str, User]
) -> None:
    other = Project.objects.create(
        name="Secret study", slug="secret", codebook=project.codebook, created_by=people["ben"]
    )
    Membership.objects.create(project=other, user=people["ben"], role="admin")
    pages = {
        name: signed_in(name).get(reverse("projects")).content.decode()
        for name in ("ben", "ada", "cy")
    }
    assert "Secret study" in pages["ben"]
    assert "Dam coverage" in pages["ada"]
    assert "Secret study" not in pages["ada"]
    assert "Dam coverage" not in pages["cy"]
    assert "cy" in pages["cy"]
