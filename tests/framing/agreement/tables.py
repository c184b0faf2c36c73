"""Small ways to write down codes and units in tests."""

from __future__ import annotations

from framing.agreement import Codes, Study, Unit


def coded(*rows: str, missing: str = "*") -> Codes:
    """One string an annotator, one value an item, separated by blanks or written together."""
    cells = [row.split() if " " in row else list(row) for row in rows]
    return Codes.from_rows(
        (f"i{item:05}", f"c{annotator + 1}", value)
        for annotator, row in enumerate(cells)
        for item, value in enumerate(row)
        if value != missing
    )


def crossed(table: dict[tuple[str, str], int]) -> Codes:
    """Two annotators from the counts of their pairs of values."""
    left = [pair[0] for pair, count in table.items() for _ in range(count)]
    right = [pair[1] for pair, count in table.items() for _ in range(count)]
    return coded(" ".join([*left, "*"]), " ".join([*right, "*"]))


def matrix(*rows: tuple[int, ...]) -> Codes:
    """Two annotators from a square table of counts over the labels 1, 2, ..."""
    return crossed({(str(i + 1), str(j + 1)): count
                    for i, row in enumerate(rows) for j, count in enumerate(row)})


def spans(length: int, *, document: str = "d", label: str = "x", **annotators: str) -> Study:
    """One document; each annotator's units as ``"0-7:a 7-13:b"``, a missing label is ``label``."""
    units = [
        Unit(document, annotator, *_span(text, label))
        for annotator, written in annotators.items()
        for text in written.split()
    ]
    return Study({document: length}, frozenset((document, name) for name in annotators),
                 tuple(units))


def _span(text: str, label: str) -> tuple[int, int, str]:
    place, _, named = text.partition(":")
    start, end = place.split("-")
    return int(start), int(end), named or label
