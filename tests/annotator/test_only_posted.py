"""An address that only takes a form says so to people, and stays bare for programs."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_person_gets_a_page_that_leads_home(signed_in: Any) -> None:
    answer = signed_in("ada").get(reverse("theme"), headers={"Accept": "text/html"})
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "Nothing was changed." in answer.content.decode()
    assert answer.templates[0].name == "405.html"


def test_a_program_gets_the_bare_answer_and_the_api_its_own(signed_in: Any) -> None:
    client = signed_in("ada")
    bare = client.get(reverse("theme"), headers={"Accept": "application/json"})
    assert (bare.status_code, bare.content) == (405, b"")
    api = client.get(reverse("api-submit", args=[1]), headers={"Accept": "text/html"})
    assert api.status_code in {405, 406}
    assert "Nothing was changed" not in api.content.decode()
