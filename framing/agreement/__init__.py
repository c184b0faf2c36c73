"""Agreement between annotators: values with intervals, reasons and a way down to the spans.

Start with ``Study`` (spans) or ``Codes`` (values of items) and call ``measure``.
"""

from framing.agreement.catalog import MEASURES, measure, pairwise, statistics
from framing.agreement.codes import Code, Codes
from framing.agreement.report import Estimate, Report
from framing.agreement.statistics import Statistics
from framing.agreement.study import DataError, Study, Unit

__all__ = [
    "MEASURES",
    "Code",
    "Codes",
    "DataError",
    "Estimate",
    "Report",
    "Statistics",
    "Study",
    "Unit",
    "measure",
    "pairwise",
    "statistics",
]
