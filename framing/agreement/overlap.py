"""Does one annotator's marking overlap itself? Measures on a single line cannot take it."""

from __future__ import annotations

from framing.agreement.study import Study

Placed = tuple[int, int, int]


def overlap_within(study: Study, *, layered: bool) -> str:
    """Return a sentence about the first overlap inside one annotator, empty if there is none."""
    lines: dict[tuple[str, ...], list[Placed]] = {}
    for index, unit in enumerate(study.units):
        line = (unit.document, unit.annotator, unit.label if layered else "")
        lines.setdefault(line, []).append((unit.start, unit.end, index))
    for (document, annotator, _), placed in sorted(lines.items()):
        placed.sort()
        reach = placed[0]
        for entry in placed[1:]:
            if entry[0] < reach[1] and entry[1] > entry[0]:
                return _overlap_sentence(study, document, annotator, reach, entry, layered=layered)
            reach = entry if entry[1] > reach[1] else reach
    return ""


def _overlap_sentence(study: Study, document: str, annotator: str, one: Placed,
                      other: Placed, *, layered: bool) -> str:
    remedy = ("take gamma or an F1, which accept overlap" if layered else
              "give each label a line of its own with layers='label', or take gamma or an F1")
    return (f"{annotator} has overlapping units in document '{document}', "
            f"[{one[0]}, {one[1]}) ({study.place(one[2])}) and [{other[0]}, {other[1]}) "
            f"({study.place(other[2])}), and this measure gives each character one label; "
            f"{remedy}")
