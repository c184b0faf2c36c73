"""Which annotator gave which item which value: the tidy data of every coding measure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from framing.agreement.study import DataError
from framing.problems import Problem


@dataclass(frozen=True, slots=True)
class Code:
    """One value that one annotator gave one item; no row means not asked or not answered.

    Items of one ``document`` are resampled together; without one an item stands for itself.
    """

    item: str
    annotator: str
    value: str
    document: str = ""


@dataclass(frozen=True)
class Codes:
    """Items x annotators with missing cells. Raises DataError for a cell coded twice."""

    codes: tuple[Code, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", tuple(self.codes))
        found = check_codes(self.codes)
        if found:
            raise DataError(found)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str, str]]) -> Codes:
        """Take (item, annotator, value) triples."""
        return cls(tuple(Code(*row) for row in rows))

    @cached_property
    def items(self) -> tuple[str, ...]:
        return tuple(sorted({code.item for code in self.codes}))

    @cached_property
    def annotators(self) -> tuple[str, ...]:
        return tuple(sorted({code.annotator for code in self.codes}))

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Return what is resampled for each item of ``items``: its document, or the item."""
        given = {code.item: code.document for code in self.codes if code.document}
        return tuple(given.get(item, item) for item in self.items)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Return the values that occur, numbers in numeric order, other values by spelling."""
        return tuple(sorted({code.value for code in self.codes}, key=value_order))

    def restricted(self, *, items: Collection[str] | None = None,
                   annotators: Collection[str] | None = None) -> Codes:
        return Codes(tuple(code for code in self.codes
                           if (items is None or code.item in items)
                           and (annotators is None or code.annotator in annotators)))

    def indices(self) -> NDArray[np.int64]:
        """Return one row (item, annotator, label) a code, each an index into its sorted tuple."""
        columns = (
            _numbered(self.items, [code.item for code in self.codes]),
            _numbered(self.annotators, [code.annotator for code in self.codes]),
            _numbered(self.labels, [code.value for code in self.codes]),
        )
        return np.stack(columns, axis=1)


def check_codes(codes: Iterable[Code], *, places: Sequence[str] | None = None) -> list[Problem]:
    """Return a problem for each cell that has a second code, which would count twice."""
    seen: set[tuple[str, str]] = set()
    found = []
    for index, code in enumerate(codes):
        cell = (code.item, code.annotator)
        if cell in seen:
            found.append(Problem(
                places[index] if places else f"code {index + 1}",
                f"'{code.annotator}' has coded item '{code.item}' before.",
                "Keep one value for each item and annotator."))
        seen.add(cell)
    return found


def value_order(value: str) -> tuple[int, float, str]:
    """Sort numbers before words, numbers by size."""
    number = as_number(value)
    return (1, 0.0, value) if number is None else (0, number, value)


def as_number(value: str) -> float | None:
    """Return the finite number that ``value`` spells, None when it spells none."""
    try:
        number = float(value)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def _numbered(names: tuple[str, ...], values: list[str]) -> NDArray[np.int64]:
    place = {name: index for index, name in enumerate(names)}
    return np.fromiter((place[value] for value in values), dtype=np.int64, count=len(values))
