"""What of a matrix is looked at, how, and in which order; all of it fits into an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from annotator.corpus.models import Article
from annotator.labeling.coverage import Coverage
from annotator.labeling.coverage_cells import Claim, Column
from annotator.labeling.coverage_rows import ACTOR, CLAIM, SPEAKER

MISSING, DISPUTED, HAS = "missing", "disputed", "has-"
LONGEST = 100  # characters of a text to look for

MACHINE, PEOPLE, DIFFER = "machine", "people", "differ"
VIEWS = {MACHINE: "Machine", PEOPLE: "People", DIFFER: "Where they differ"}

ABOUT = {CLAIM: "claims", ACTOR: "passives without a doer", SPEAKER: "silent sources"}

ORDERS: Mapping[str, tuple[str, Callable[[Claim], Any]]] = {
    "most": ("carried by most", lambda claim: -claim.sources),
    "fewest": ("carried by fewest", lambda claim: (claim.sources, claim.carried)),
    "salience": ("most salient", lambda claim: -claim.salience),
    "first": ("who had it first", lambda claim: claim.first),
}


@dataclass(frozen=True)
class Choice:
    """What a query asks for.

    ``show`` is empty, MISSING, DISPUTED, the number of an article that lacks the rows shown, or
    that number behind HAS where it carries them. ``view`` is empty for whatever there is: people's
    answers over the machine's, or the machine's alone.
    """

    view: str = ""
    show: str = ""
    about: str = ""
    kind: str = ""
    q: str = ""
    sort: str = "most"

    @classmethod
    def of(cls, given: Mapping[str, str], matrix: Coverage, kinds: Iterable[str]) -> Choice:
        """Return what a query asks for; what it cannot ask for is left at its default."""
        pks = [str(column.article.pk) for column in matrix.columns]
        known = {
            "view": set(VIEWS) if matrix.is_answered else set(),
            "show": {MISSING, DISPUTED, *pks, *(HAS + pk for pk in pks)},
            "about": set(ABOUT),
            "kind": set(kinds),
            "sort": set(ORDERS),
        }
        chosen = {name: given[name] for name in known if given.get(name) in known[name]}
        q = " ".join(given.get("q", "").replace("\0", "").split())[:LONGEST]
        return cls(**chosen, q=q)

    def query(self, **changes: str) -> str:
        """Return the query of this choice with changes, defaults left out."""
        values = asdict(replace(self, **changes))
        default = asdict(Choice())
        return urlencode({name: v for name, v in values.items() if v != default[name]})

    @property
    def free_view(self) -> str:
        """Return the view that leaves no row out."""
        return "" if self.view == DIFFER else self.view

    def seen(self, matrix: Coverage) -> str:
        """Return the view, chosen or not."""
        return self.view or (PEOPLE if matrix.is_answered else MACHINE)

    def column(self, matrix: Coverage, *, before: str = "") -> Column | None:
        """Return the column whose gaps are shown, or with HAS ``before`` it what it carries."""
        return next((c for c in matrix.columns if f"{before}{c.article.pk}" == self.show), None)

    def claims(self, matrix: Coverage) -> list[Claim]:
        """Return the rows asked for, in the order asked for; a text is looked for in passages."""
        lacking = self.column(matrix)
        article = lacking.article.pk if lacking else None
        found = [row for row in matrix.rows if self._is_shown(row, article)]
        if self.q:
            texts = _texts(matrix)
            found = [claim for claim in found if _says(claim, self.q.casefold(), texts)]
        order = ORDERS[self.sort][1]
        return sorted(found, key=lambda row: (not row.is_claim, order(row)))

    def _is_shown(self, row: Claim, article: int | None) -> bool:
        if self.show.startswith(HAS):
            shown = row.has(int(self.show.removeprefix(HAS)))
        elif self.show == DISPUTED:
            shown = row.is_disputed
        else:
            shown = not self.show or row.lacks(article)
        return (
            shown
            and (not self.about or row.row.about == self.about)
            and (not self.kind or _has_kind(row, self.kind, article))
            and (self.view != DIFFER or row.differs)
        )


def _has_kind(claim: Claim, kind: str, article: int | None) -> bool:
    if article is None:
        return any(kind in kinds for kinds in claim.kinds.values())
    return kind in claim.kinds.get(article, ())


def _texts(matrix: Coverage) -> dict[int, str]:
    pks = [column.article.pk for column in matrix.columns]
    return dict(Article.objects.filter(pk__in=pks).values_list("pk", "text"))


def _says(claim: Claim, wanted: str, texts: Mapping[int, str]) -> bool:
    quotes = (texts.get(pk, "")[start:end] for pk, start, end, _ in claim.row.passages)
    return any(wanted in quote.casefold() for quote in (claim.text, *quotes))
