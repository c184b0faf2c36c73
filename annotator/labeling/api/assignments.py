"""Sheets over the wire: open, save, submit. A person reaches only their own."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.accounts.refusals import Invalid, TooLarge, Unconditional
from annotator.corpus.access import person
from annotator.corpus.codebooks import scheme_of
from annotator.labeling import sheets
from annotator.labeling.access import assignment_for, sibling_for
from annotator.labeling.api import serializers as shapes
from annotator.labeling.models import Assignment
from annotator.labeling.operations import do_apply, do_reopen, do_submit, missed
from annotator.labeling.own_keys import do_change_keys

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description='The revision, as "12".'
)
AFTER = OpenApiParameter("after", int, description="The revision after which to list.")


class QueuePages(CursorPagination):
    ordering = ("position", "pk")


class Queue(ListAPIView[Assignment]):
    """List the signed-in person's assignments in their drawn order."""

    serializer_class = shapes.AssignmentShape
    pagination_class = QueuePages

    def get_queryset(self) -> QuerySet[Assignment]:
        mine = Assignment.objects.of(person(self.request.user))
        return mine.select_related("article__event", "article__project")


class Sheet(APIView):
    """Open one article with everything the workbench shows."""

    @extend_schema(responses=shapes.SheetShape, operation_id="assignment_retrieve")
    def get(self, request: Request, pk: int) -> Response:
        return Response(sheets.sheet(assignment_for(request.user, pk)))


class Suggestions(APIView):
    """Poll what detectors have proposed so far."""

    @extend_schema(responses=shapes.ProposalsShape)
    def get(self, request: Request, pk: int) -> Response:
        return Response(sheets.proposals(assignment_for(request.user, pk)))


class Sibling(APIView):
    """Read another article of the same event."""

    @extend_schema(responses=shapes.SiblingShape)
    def get(self, request: Request, pk: int, article: int) -> Response:
        assignment = assignment_for(request.user, pk)
        return Response(sheets.sibling(assignment, sibling_for(assignment, article)))


class Operations(APIView):
    """Save a batch of operations, or read the sheet's history."""

    @extend_schema(responses=shapes.HistoryShape, parameters=[AFTER])
    def get(self, request: Request, pk: int) -> Response:
        """Read the sheet's history."""
        assignment = assignment_for(request.user, pk)
        after = whole(request.query_params.get("after", "0"), name="after")
        return Response(
            {"revision": assignment.revision, "operations": missed(assignment, after=after)}
        )

    @extend_schema(
        request=shapes.BatchShape,
        parameters=[IF_MATCH],
        responses={
            200: shapes.OutcomeShape,
            400: shapes.RefusalShape,
            409: shapes.RefusalShape,
            412: shapes.MissedShape,
            413: shapes.RefusalShape,
            428: shapes.RefusalShape,
        },
    )
    def post(self, request: Request, pk: int) -> Response:
        """Save a batch of operations."""
        assignment = assignment_for(request.user, pk)
        batch = _batch(request)
        outcome = do_apply(
            assignment=assignment,
            actor=person(request.user),
            revision=if_match(request),
            text_sha256=batch.validated_data["text_sha256"],
            requested=batch.requested(),
            tab=batch.validated_data["tab"],
            now=timezone.now(),
        )
        return Response(vars(outcome))


class Keys(APIView):
    """Give commands of the workbench other keys, for this person on every machine."""

    @extend_schema(
        request=shapes.KeysShape, responses={200: shapes.OwnKeysShape, 400: shapes.RefusalShape}
    )
    def post(self, request: Request, pk: int) -> Response:
        assignment = assignment_for(request.user, pk)
        shape = shapes.KeysShape(data=request.data)
        shape.is_valid(raise_exception=True)
        keys = do_change_keys(
            user=person(request.user),
            scheme=scheme_of(assignment.article.project.codebook),
            changes=shape.validated_data["keys"],
        )
        return Response({"keys": keys})


class Submit(APIView):
    """Hand the article in; answers what is still open otherwise."""

    @extend_schema(
        request=shapes.SubmitShape,
        responses={200: shapes.FinishedShape, 400: shapes.RefusalShape, 412: shapes.MissedShape},
    )
    def post(self, request: Request, pk: int) -> Response:
        assignment = assignment_for(request.user, pk)
        shape = shapes.SubmitShape(data=request.data)
        shape.is_valid(raise_exception=True)
        done = do_submit(
            assignment=assignment,
            actor=person(request.user),
            revision=shape.validated_data["revision"],
            now=timezone.now(),
        )
        return Response(_finished(done))


class Reopen(APIView):
    """Open a submitted article again, where the project allows it."""

    @extend_schema(request=None, responses={200: shapes.FinishedShape, 403: shapes.RefusalShape})
    def post(self, request: Request, pk: int) -> Response:
        assignment = assignment_for(request.user, pk)
        opened = do_reopen(assignment=assignment, actor=person(request.user), now=timezone.now())
        return Response(_finished(opened))


def _finished(assignment: Assignment) -> dict[str, Any]:
    return {
        "state": assignment.state,
        "revision": assignment.revision,
        "next": sheets.queue(assignment)["next"],
    }


def _batch(request: Request) -> shapes.BatchShape:
    check_size(request)
    batch = shapes.BatchShape(data=request.data)
    batch.is_valid(raise_exception=True)
    return batch


def check_size(request: Request) -> None:
    """Raise TooLarge for more operations than a batch holds."""
    operations = request.data.get("operations") if isinstance(request.data, dict) else None
    if isinstance(operations, list) and len(operations) > shapes.BATCH:
        raise TooLarge(
            f"A batch holds at most {shapes.BATCH} operations, this one {len(operations)}. "
            "Send it in pieces."
        )


def if_match(request: Request) -> int:
    """Return the revision that the page has; raises Unconditional or Invalid."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise Unconditional('Send the revision you have as the header If-Match: "12".')
    found = re.fullmatch(r'"?(\d{1,9})"?', header)
    if not found:
        raise Invalid(f"If-Match {header[:40]!r} is not a revision. Send a number in quotes.")
    return int(found[1])


def whole(value: str, *, name: str) -> int:
    """Return the whole number in a query; raises Invalid, naming it."""
    if not re.fullmatch(r"\d{1,9}", value):
        raise Invalid(f"{name}={value[:40]!r} is not a whole number.")
    return int(value)
