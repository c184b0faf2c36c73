"""The shapes of the ledger over the wire; docs/ledger-protocol.md explains them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotator.labeling.api.serializers import LARGEST, Place, Shape, Words
from annotator.labeling.ledger.answering import Requested
from annotator.labeling.models import Assignment, CellOperation, JudgedCell
from framing.omission.validity import Verdict

EVIDENCE = 20


class QuoteShape(Shape):
    start = Place()
    end = Place()
    quote = Words(max_length=200_000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["start"] > attrs["end"]:
            place = f"[{attrs['start']}, {attrs['end']})"
            raise serializers.ValidationError({"end": [f"The span {place} ends before it starts."]})
        return attrs


class EvidenceShape(QuoteShape):
    article = Place()


class AnswerShape(Shape):
    """The whole answer; details belong to an omission only. No anchor: the whole article."""

    answer = serializers.ChoiceField(choices=JudgedCell.Answer.choices)
    kind = Words(max_length=64, default="")
    anchor = QuoteShape(allow_null=True, default=None)
    salience = serializers.IntegerField(
        min_value=1, max_value=3, allow_null=True, default=None
    )
    favours = Words(max_length=1000, default="")
    favours_polarity = Words(max_length=16, default="")
    note = Words(max_length=4000, default="")
    confidence = Words(max_length=16, default="")


class CellShape(AnswerShape):
    claim = serializers.UUIDField()
    revision = Place()


class JudgmentShape(Shape):
    """``cell`` goes with ``judge`` and ``add``, ``statement`` and ``evidence`` with ``add``."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CellOperation.Kind.choices)
    claim = serializers.UUIDField()
    at = serializers.DateTimeField(required=False, allow_null=True)
    cell = AnswerShape(required=False, allow_null=True)
    statement = Words(max_length=1000, default="")
    evidence = serializers.ListField(child=EvidenceShape(), max_length=EVIDENCE, default=list)
    undoes = serializers.UUIDField(required=False, allow_null=True)


class JudgmentsShape(Shape):
    text_sha256 = Words(max_length=64, allow_blank=False)
    tab = Words(max_length=64, default="")
    operations = serializers.ListField(child=JudgmentShape(), min_length=1)

    def requested(self) -> list[Requested]:
        return [Requested(**operation) for operation in self.validated_data["operations"]]


class PastJudgmentShape(Shape):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CellOperation.Kind.choices)
    revision = Place()
    claim = serializers.UUIDField()
    before = CellShape(allow_null=True)
    after = CellShape(allow_null=True)
    undoes = serializers.UUIDField(allow_null=True)
    at = serializers.DateTimeField()
    client_time = serializers.DateTimeField(allow_null=True)
    tab = Words(max_length=64)


class JudgmentHistoryShape(Shape):
    revision = Place()
    operations = PastJudgmentShape(many=True)


class MissedJudgmentsShape(JudgmentHistoryShape):
    detail = Words(max_length=1000)


class JudgedShape(Shape):
    revision = Place()
    state = serializers.ChoiceField(choices=Assignment.State.choices)
    applied = serializers.ListField(child=serializers.UUIDField())


class RuleShape(Shape):
    rule = Words(max_length=2)
    verdict = serializers.ChoiceField(choices=[(one.value, one.value) for one in Verdict])
    reason = Words(max_length=1000)


class PassageShape(QuoteShape):
    """``article`` is null once it left the event; ``why_not`` says why it is no evidence."""

    article = Place(allow_null=True)
    name = Words(max_length=500)
    outlet = Words(max_length=200)
    why_not = Words(max_length=200)


class ClaimShape(Shape):
    id = serializers.UUIDField()
    statement = Words(max_length=LARGEST)
    mine = serializers.BooleanField()
    open = serializers.BooleanField()
    outlets = Place()
    salience = Place()
    evidence = PassageShape(many=True)
    rules = RuleShape(many=True)
    cell = CellShape(allow_null=True)


class LedgerShape(Shape):
    """The ledger of one article as one annotator sees it."""

    id = Place()
    revision = Place()
    project = serializers.DictField()
    event = serializers.DictField(allow_null=True)
    article = serializers.DictField()
    siblings = serializers.ListField(child=serializers.DictField())
    codebook = serializers.DictField()
    claims = ClaimShape(many=True)
    sheets = serializers.ListField(child=Place())
    comparing = serializers.BooleanField()
    why = Words(max_length=1000)
