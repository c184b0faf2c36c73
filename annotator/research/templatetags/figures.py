"""How numbers of agreement are written."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

register = template.Library()


@register.filter
def coefficient(value: float | None) -> str:
    """Write .47, −.10 or 1.00, as the field does; a dash where there is no value."""
    if value is None:
        return "–"
    written = f"{abs(value):.2f}"
    if written.startswith("0"):
        written = written[1:]
    return f"−{written}" if value < 0 and float(f"{value:.2f}") else written


@register.filter
def interval(ends: Sequence[float] | None) -> str:
    """Write .41–.53."""
    return f"{coefficient(ends[0])}–{coefficient(ends[1])}" if ends else "–"


@register.filter
def percent(value: float | None) -> str:
    """Write 63 %; a dash where there is no value."""
    return "–" if value is None else f"{100 * value:.0f} %"
