"""Draw the figures as an SVG: opening beside the plain page, and hand to painted, by length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.workbench.measure import Visits, median

WIDTH, HEIGHT, LEFT, TOP, RIGHT = 360, 220, 60, 40, 110
LINE = 14  # a line of text
INK, GREY = "#164EF3", "#7E858B"

Found = Mapping[tuple[int, int], Visits]


def draw(found: Found) -> str:
    """Return two panels side by side; the horizontal axes count words, the vertical ones ms."""
    names = [f"{words:,} + {spans:,}" for words, spans in found]
    mount = [("workbench", INK, [median(of.ours.mount) for of in found.values()]),
             ("plain page", GREY, [median(of.plain.mount) for of in found.values()])]  # fmt: skip
    hand = [("label", INK, [median(of.ours.key) for of in found.values()]),
            ("cursor", GREY, [median(of.ours.move) for of in found.values()]),
            ("next suggestion", "#923EA3", [median(of.ours.next) for of in found.values()]),
            ("pointer", "#AD421F", [median(of.ours.hover) for of in found.values()])]  # fmt: skip
    both = _panel("data at hand to painted, ms", names, mount, 0)
    both += _panel("key or pointer to painted, ms", names, hand, LEFT + WIDTH + RIGHT)
    size = f'width="{2 * (LEFT + WIDTH + RIGHT)}" height="{HEIGHT + 2 * TOP + 20}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/>{both}</svg>\n'
    )


def _panel(
    title: str, names: Sequence[str], lines: Sequence[tuple[str, str, list[float]]], shift: int
) -> str:
    top = max(value for _, _, values in lines for value in values) * 1.15
    step = WIDTH / max(1, len(names) - 1)
    parts = [f'<g transform="translate({shift + LEFT} {TOP})"><text y="-16">{title}</text>']
    for share in (0, 0.5, 1):
        y = HEIGHT * (1 - share)
        parts.append(f'<line x2="{WIDTH}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="-8" y="{y + 4}" text-anchor="end">{top * share:.0f}</text>')
    for i, name in enumerate(names):
        parts.append(f'<text x="{i * step}" y="{HEIGHT + 20}" text-anchor="middle">{name}</text>')
    ends = []
    for name, colour, values in lines:
        points = [(i * step, HEIGHT * (1 - value / top)) for i, value in enumerate(values)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        ends.append((points[-1][1], name, colour))
    place = float(-LINE)
    for y, name, colour in sorted(ends):
        place = max(y, place + LINE)  # lines that end together have their names one below the other
        parts.append(f'<text x="{WIDTH + 8}" y="{place + 4:.1f}" fill="{colour}">{name}</text>')
    return "".join(parts) + "</g>"
