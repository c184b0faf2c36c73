"""What people and detectors say about articles, with its full history."""

from annotator.labeling.models.annotations import Annotation, AnnotationPart, Decision, PartBase
from annotator.labeling.models.assignments import Assignment, Completion
from annotator.labeling.models.cells import CellOperation, JudgedCell
from annotator.labeling.models.claims import Claim, ClaimChange, ClaimPassage
from annotator.labeling.models.history import Operation
from annotator.labeling.models.learned import LearnedVersion
from annotator.labeling.models.ledgers import EventLedger
from annotator.labeling.models.suggestions import Pulse, Suggestion, SuggestionRun, TextLayer

__all__ = [
    "Annotation",
    "AnnotationPart",
    "Assignment",
    "CellOperation",
    "Claim",
    "ClaimChange",
    "ClaimPassage",
    "Completion",
    "Decision",
    "EventLedger",
    "JudgedCell",
    "LearnedVersion",
    "Operation",
    "PartBase",
    "Pulse",
    "Suggestion",
    "SuggestionRun",
    "TextLayer",
]
