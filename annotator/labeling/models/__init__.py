"""What people and detectors say about articles, with its full history."""

from annotator.labeling.models.annotations import Annotation, AnnotationPart, Decision, PartBase
from annotator.labeling.models.assignments import Assignment, Completion
from annotator.labeling.models.history import Operation
from annotator.labeling.models.learned import LearnedVersion
from annotator.labeling.models.ledgers import EventLedger
from annotator.labeling.models.suggestions import Pulse, Suggestion, SuggestionRun, TextLayer

__all__ = [
    "Annotation",
    "AnnotationPart",
    "Assignment",
    "Completion",
    "Decision",
    "EventLedger",
    "LearnedVersion",
    "Operation",
    "PartBase",
    "Pulse",
    "Suggestion",
    "SuggestionRun",
    "TextLayer",
]
