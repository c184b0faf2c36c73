"""Draw words a CPU second by way, along the number of articles and along their length."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.preannotation.run import Row

WIDTH, HEIGHT, LEFT, TOP = 340, 220, 70, 40
COLOURS = ["#7E858B", "#164EF3", "#923EA3", "#AD421F"]


def draw(rows: Sequence[Row]) -> str:
    """Return two panels as SVG."""
    length = sorted({row.words_each for row in rows})
    middle = length[len(length) // 2]
    equal = {row.words_each: row.articles for row in rows if row.words_each != middle}
    counts = sorted({row.articles for row in rows if row.words_each == middle})
    total = max(rows, key=lambda row: row.words_each).words
    alike = min(counts, key=lambda count: abs(count * middle - total))
    by_count = [row for row in rows if row.words_each == middle]
    by_length = [row for row in rows if equal.get(row.words_each, alike) == row.articles]
    top = max(row.words_per_cpu_second for row in rows) * 1.1
    both = _panel("by articles", [(row.articles, row) for row in by_count], top, 0)
    shift = WIDTH + LEFT + 30
    both += _panel("by words an article", [(row.words_each, row) for row in by_length], top, shift)
    ways = list(dict.fromkeys(row.way for row in rows))
    for number, way in enumerate(ways):
        both += (
            f'<text x="{LEFT + number * 190}" y="{HEIGHT + TOP + 56}" '
            f'fill="{COLOURS[number % 4]}">■ {way}</text>'
        )
    size = f'width="{2 * (WIDTH + LEFT + 30)}" height="{HEIGHT + TOP + 70}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/>{both}</svg>\n'
    )


def _panel(title: str, points: Sequence[tuple[int, Row]], top: float, shift: int) -> str:
    places = sorted({x for x, _ in points})
    step = WIDTH / max(1, len(places) - 1)
    parts = [
        f'<g transform="translate({shift + LEFT} {TOP})">',
        f'<text y="-16">words a CPU second, {title}</text>',
    ]
    for share in (0, 0.5, 1):
        y = HEIGHT * (1 - share)
        parts.append(f'<line x2="{WIDTH}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="-8" y="{y + 4}" text-anchor="end">{top * share:,.0f}</text>')
    for place, x in enumerate(places):
        left = place * step
        parts.append(f'<text x="{left}" y="{HEIGHT + 20}" text-anchor="middle">{x:,}</text>')
    for number, way in enumerate(dict.fromkeys(row.way for _, row in points)):
        line = sorted((x, row.words_per_cpu_second) for x, row in points if row.way == way)
        drawn = " ".join(
            f"{places.index(x) * step:.1f},{HEIGHT * (1 - value / top):.1f}" for x, value in line
        )
        colour = COLOURS[number % 4]
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
    return "".join([*parts, "</g>"])
