"""Where a value and its interval stand on the axis of the forest plot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LEFT, RIGHT = 20.0, 400.0
TICKS = ((0.0, "0"), (0.25, ".25"), (0.5, ".50"), (0.75, ".75"), (1.0, "1.00"))


@dataclass(frozen=True)
class Mark:
    """Coordinates in an SVG 420 wide; values below 0 stop at the left edge."""

    value: float
    low: float | None
    high: float | None


def place(value: float) -> float:
    """Return the x of a value; the axis runs from 0 to 1."""
    return round(LEFT + (RIGHT - LEFT) * min(1.0, max(-0.04, value)), 1)


def mark(report: Mapping[str, Any]) -> Mark | None:
    """Return the mark of a report, None when it has no value."""
    if report["value"] is None:
        return None
    low, high = report["interval"] or (None, None)
    return Mark(
        place(report["value"]),
        None if low is None else place(low),
        None if high is None else place(high),
    )


def ticks() -> list[tuple[float, str]]:
    return [(place(value), text) for value, text in TICKS]
