"""The page's side of both protocols: it keeps a revision and sends batches of operations."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client

from annotator.labeling.models import Assignment


class SheetPage:
    """A page of an assignment: reads below ``path``, numbers its batches by ``counter``."""

    path = ""
    counter = "revision"

    def __init__(self, client: Client, assignment: Assignment) -> None:
        self.client, self.assignment = client, assignment
        self.url = f"/api/v1/assignments/{assignment.pk}/{self.path}"

    def get(self, path: str = "") -> Any:
        return self.client.get(self.url + path)

    def send(self, *operations: dict[str, Any], revision: int | None = None, **body: Any) -> Any:
        self.assignment.refresh_from_db()
        known = getattr(self.assignment, self.counter) if revision is None else revision
        content = {
            "text_sha256": self.assignment.article.sha256,
            "tab": "one",
            "operations": [{"id": str(uuid4()), **operation} for operation in operations],
            **body,
        }
        return self.client.post(
            self.url + "operations/",
            content,
            content_type="application/json",
            headers={"If-Match": f'"{known}"'},
        )
