"""Agreement between annotators: values with intervals, reasons and a way down to the spans.

Start with ``Study`` (spans), ``Codes`` (values of items), ``Structures`` (annotations with roles)
or ``Ledger`` (omissions) and call ``measure``.
"""

from framing.agreement.camps import Camps, camps
from framing.agreement.catalog import MEASURES
from framing.agreement.codes import Code, Codes
from framing.agreement.competence import matched_codes
from framing.agreement.ledger import Cell, Ledger
from framing.agreement.measuring import from_statistics, measure, pairwise, spec, statistics
from framing.agreement.report import Estimate, Report
from framing.agreement.statistics import Statistics
from framing.agreement.streaming import measure_blocks
from framing.agreement.structures import Structures
from framing.agreement.study import DataError, Study, Unit

__all__ = [
    "MEASURES",
    "Camps",
    "Cell",
    "Code",
    "Codes",
    "DataError",
    "Estimate",
    "Ledger",
    "Report",
    "Statistics",
    "Structures",
    "Study",
    "Unit",
    "camps",
    "from_statistics",
    "matched_codes",
    "measure",
    "measure_blocks",
    "pairwise",
    "spec",
    "statistics",
]
