"""Reports as a table that people read in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from framing.agreement.report import Estimate, Report

HEADINGS = ("measure", "value", "95 % interval", "documents", "annotators", "units", "of")
ABOUT = ("device", "role", "label", "pair", "level", "weights", "characters")
QUIET = {"level": "", "weights": "none", "characters": "labels"}


def readable(reports: Sequence[Report]) -> str:
    """Return one line a report and way of pooling, then what must be known beside them."""
    lines = [row for report in reports for row in _rows(report)]
    table = [HEADINGS, *lines]
    widths = [max(len(row[i]) for row in table) for i in range(len(HEADINGS))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in table]
    remarks = [f"{report.measure}: {remark}." for report in reports for remark in _remarks(report)]
    return "\n".join([*text, *([""] if remarks else []), *dict.fromkeys(remarks)])


def number(value: float | None) -> str:
    """Write a value with three decimals, a dash when there is none."""
    return "–" if value is None else f"{value:.3f}"


def _rows(report: Report) -> list[tuple[str, ...]]:
    pools = report.pools or {"": Estimate(report.value, report.interval, report.undefined)}
    return [_row(report, name, estimate) for name, estimate in pools.items()]


def _row(report: Report, pool: str, estimate: Estimate) -> tuple[str, ...]:
    interval = estimate.interval
    shown = "–" if interval is None else f"{number(interval[0])} to {number(interval[1])}"
    name = f"{report.measure} (mean per document)" if pool == "mean" else report.measure
    return (name, number(estimate.value), shown, str(report.n_documents),
            str(report.n_annotators), str(report.n_units), _about(report))


def _about(report: Report) -> str:
    shown = [f"{name} {value}" for name in ABOUT
             if (value := report.parameters.get(name)) is not None and value != QUIET.get(name)]
    return ", ".join(shown)




def _remarks(report: Report) -> list[str]:
    remarks = [estimate.undefined for estimate in report.pools.values() if estimate.undefined]
    if report.precision is not None and report.recall is not None:
        remarks.append(f"precision {number(report.precision)}, recall {number(report.recall)}, "
                       "the first annotator by name as the reference")
    if report.coverage is not None:
        remarks.append(f"coverage {number(report.coverage)}")
    return remarks + list(report.notes)
