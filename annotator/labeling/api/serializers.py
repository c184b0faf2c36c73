"""The shapes that go over the wire; docs/workbench-protocol.md explains them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotator.labeling.applying import Requested
from annotator.labeling.models import (
    Annotation,
    Assignment,
    Decision,
    Operation,
    SuggestionRun,
)

LARGEST = 2**31 - 1
BATCH = 200


# Refuses unknown fields. A docstring here would become that of every shape in the schema.
class Shape(serializers.Serializer[Any]):
    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError(
                {name: ["This field is not known. Leave it out."] for name in sorted(unknown)}
            )
        return super().to_internal_value(data)


class Place(serializers.IntegerField):
    """A count of code points or a row number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=LARGEST, **options)


class Words(serializers.CharField):
    """Text as people typed it: white space is theirs."""

    def __init__(self, *, max_length: int, **options: Any) -> None:
        options.setdefault("allow_blank", True)
        super().__init__(max_length=max_length, trim_whitespace=False, **options)


class PartShape(Shape):
    role = Words(max_length=32, allow_blank=False)
    start = Place()
    end = Place()
    quote = Words(max_length=200_000)
    article = Place()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["start"] > attrs["end"]:
            place = f"[{attrs['start']}, {attrs['end']})"
            raise serializers.ValidationError({"end": [f"The span {place} ends before it starts."]})
        return attrs


class AnnotationShape(Shape):
    id = serializers.UUIDField()
    device = Words(max_length=32, allow_blank=False)
    label = Words(max_length=64, allow_blank=False)  # type: ignore[assignment]  # a field of ours
    parts = serializers.ListField(child=PartShape(), max_length=200)
    attributes = serializers.DictField(child=Words(max_length=1000), default=dict)
    note = Words(max_length=4000, default="")
    confidence = Words(max_length=16, default="")
    flag = serializers.ChoiceField(
        choices=[choice for choice in Annotation.Flag.choices if choice[0]],
        allow_blank=True,
        default="",
    )
    suggestion = Place(allow_null=True, default=None)
    edited = serializers.BooleanField(default=False)
    revision = Place(default=0)


class OperationShape(Shape):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Operation.Kind.choices[:8])
    at = serializers.DateTimeField(required=False, allow_null=True)
    annotation = AnnotationShape(required=False, allow_null=True)
    annotation_id = serializers.UUIDField(required=False, allow_null=True)
    suggestion = serializers.IntegerField(
        min_value=0, max_value=2**63 - 1, required=False, allow_null=True
    )
    device = Words(max_length=32, default="")
    undoes = serializers.UUIDField(required=False, allow_null=True)


class BatchShape(Shape):
    text_sha256 = Words(max_length=64, allow_blank=False)
    tab = Words(max_length=64, default="")
    operations = serializers.ListField(child=OperationShape(), min_length=1)

    def requested(self) -> list[Requested]:
        return [Requested(**operation) for operation in self.validated_data["operations"]]


class SubmitShape(Shape):
    revision = Place()


class KeysShape(Shape):
    """Keys by command: "" switches a key off, null gives the codebook's key back."""

    keys = serializers.DictField(child=Words(max_length=40, allow_null=True))


class OwnKeysShape(Shape):
    keys = serializers.DictField(child=Words(max_length=40))


class OutcomeShape(Shape):
    revision = Place()
    state = serializers.ChoiceField(choices=Assignment.State.choices)
    applied = serializers.ListField(child=serializers.UUIDField())


class FinishedShape(Shape):
    state = serializers.ChoiceField(choices=Assignment.State.choices)
    revision = Place()
    next = Place(allow_null=True)


class ProblemShape(Shape):
    """``operation``, ``annotation``, ``attribute``, ``device`` or ``suggestion`` name the cause."""

    operation = serializers.UUIDField(required=False)
    annotation = serializers.UUIDField(required=False)
    attribute = Words(max_length=64, required=False)
    device = Words(max_length=32, required=False)
    suggestion = Place(required=False)
    place = Words(max_length=200)
    message = Words(max_length=1000)
    remedy = Words(max_length=1000)


class RefusalShape(Shape):
    detail = Words(max_length=1000)
    problems = ProblemShape(many=True, required=False)


class PastOperationShape(Shape):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Operation.Kind.choices)
    revision = Place()
    annotation_id = serializers.UUIDField(allow_null=True)
    suggestion = Place(allow_null=True)
    device = Words(max_length=32)
    before = AnnotationShape(allow_null=True)
    after = AnnotationShape(allow_null=True)
    undoes = serializers.UUIDField(allow_null=True)
    at = serializers.DateTimeField()
    tab = Words(max_length=64)


class MissedShape(Shape):
    detail = Words(max_length=1000)
    revision = Place()
    operations = PastOperationShape(many=True)


class HistoryShape(Shape):
    revision = Place()
    operations = PastOperationShape(many=True)


class DecisionShape(Shape):
    verdict = serializers.ChoiceField(choices=Decision.Verdict.choices)
    annotation = serializers.UUIDField(allow_null=True)


class SuggestionShape(Shape):
    id = Place()
    detector = Words(max_length=64)
    version = Words(max_length=32)
    device = Words(max_length=32)
    label = Words(max_length=64)  # type: ignore[assignment]  # a field of ours
    parts = PartShape(many=True)
    attributes = serializers.DictField(child=Words(max_length=1000))
    score = serializers.FloatField(min_value=0, max_value=1)
    rule = Words(max_length=80)
    reason = Words(max_length=1000)
    decision = DecisionShape(allow_null=True)


class RunShape(Shape):
    detector = Words(max_length=64)
    version = Words(max_length=32)
    state = serializers.ChoiceField(choices=SuggestionRun.State.choices)
    error = Words(max_length=1000)
    note = Words(max_length=1000)


class GhostShape(Shape):
    """A possible cue, and the parts it would take: role, start, end."""

    cue = serializers.ListField(child=Place(), min_length=2, max_length=2)
    parts = serializers.ListField(child=serializers.ListField())


class LayerShape(Shape):
    model = Words(max_length=120)
    tokens = serializers.ListField(child=serializers.ListField(child=Place()))
    sentences = serializers.ListField(child=serializers.ListField(child=Place()))
    entities = serializers.ListField(child=serializers.ListField())
    constituents = serializers.ListField(child=Place(), allow_null=True)
    ghosts = GhostShape(many=True, allow_null=True)


class ProposalsShape(Shape):
    runs = RunShape(many=True)
    suggestions = SuggestionShape(many=True)
    layer = LayerShape(allow_null=True)


class SiblingHeadShape(Shape):
    id = Place()
    title = Words(max_length=500)
    language = Words(max_length=16)
    outlet = Words(max_length=200)
    published = Words(max_length=40)
    url = Words(max_length=1000)
    words = Place()


class SiblingShape(SiblingHeadShape):
    text = Words(max_length=LARGEST)
    sha256 = Words(max_length=64)
    layer = LayerShape(allow_null=True)


class BindingShape(Shape):
    """What a key does with this codebook; ``scope`` is the device that must be selected."""

    id = Words(max_length=200)
    name = Words(max_length=200)
    key = Words(max_length=40)
    group = Words(max_length=200)
    command = Words(max_length=40)
    device = Words(max_length=64, required=False)
    target = Words(max_length=64, required=False)
    value = Words(max_length=64, required=False)
    scope = Words(max_length=64, required=False)


class SheetShape(ProposalsShape):
    """The whole page of one assignment."""

    id = Place()
    state = serializers.ChoiceField(choices=Assignment.State.choices)
    revision = Place()
    arm = serializers.ChoiceField(choices=Assignment.Arm.choices)
    annotator = serializers.DictField()
    project = serializers.DictField()
    queue = serializers.DictField()
    article = serializers.DictField()
    scheme = serializers.DictField()
    bindings = BindingShape(many=True)
    annotations = AnnotationShape(many=True)
    completion = serializers.DictField(child=serializers.CharField())
    siblings = SiblingHeadShape(many=True)


class AssignmentShape(serializers.ModelSerializer[Assignment]):
    """One row of the annotator's queue."""

    article = serializers.CharField(source="article.name")
    event = serializers.CharField(source="article.event.name", default="")
    project = serializers.CharField(source="article.project.slug")

    class Meta:
        model = Assignment
        fields = ["id", "project", "event", "article", "state", "revision", "submitted_at"]
