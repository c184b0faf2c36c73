"""The ledger over the wire: read what is asked, save answers. A person reaches only their own."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.corpus.access import person
from annotator.labeling.access import assignment_for
from annotator.labeling.api import ledger_shapes as shapes
from annotator.labeling.api.assignments import AFTER, IF_MATCH, check_size, if_match, whole
from annotator.labeling.api.serializers import RefusalShape
from annotator.labeling.ledger import sheets
from annotator.labeling.ledger.judging import do_judge, missed


class LedgerSheet(APIView):
    """Open the ledger of one article: the claims it is asked about, with their evidence."""

    @extend_schema(responses=shapes.LedgerShape)
    def get(self, request: Request, pk: int) -> Response:
        return Response(sheets.sheet(assignment_for(request.user, pk)))


class Judgments(APIView):
    """Save a batch of answers, or read the history of the ledger."""

    @extend_schema(responses=shapes.JudgmentHistoryShape, parameters=[AFTER])
    def get(self, request: Request, pk: int) -> Response:
        """Read the history of the ledger."""
        assignment = assignment_for(request.user, pk)
        after = whole(request.query_params.get("after", "0"), name="after")
        return Response(
            {
                "revision": assignment.ledger_revision,
                "operations": missed(assignment, after=after),
            }
        )

    @extend_schema(
        request=shapes.JudgmentsShape,
        parameters=[IF_MATCH],
        responses={
            200: shapes.JudgedShape,
            400: RefusalShape,
            412: shapes.MissedJudgmentsShape,
            413: RefusalShape,
            428: RefusalShape,
        },
    )
    def post(self, request: Request, pk: int) -> Response:
        """Save a batch of answers."""
        assignment = assignment_for(request.user, pk)
        check_size(request)
        batch = shapes.JudgmentsShape(data=request.data)
        batch.is_valid(raise_exception=True)
        outcome = do_judge(
            assignment=assignment,
            actor=person(request.user),
            revision=if_match(request),
            text_sha256=batch.validated_data["text_sha256"],
            requested=batch.requested(),
            tab=batch.validated_data["tab"],
            now=timezone.now(),
        )
        return Response(vars(outcome))
