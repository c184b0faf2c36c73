"""Which claims of a matrix are looked at, and in which order; all of it fits into an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from annotator.corpus.models import Article
from annotator.labeling.coverage import Claim, Column, Coverage

MISSING = "missing"
LONGEST = 100  # characters of a text to look for

ORDERS: Mapping[str, tuple[str, Callable[[Claim], Any]]] = {
    "most": ("carried by most", lambda claim: -claim.sources),
    "fewest": ("carried by fewest", lambda claim: (claim.sources, claim.carried)),
    "salience": ("most salient", lambda claim: -claim.salience),
    "first": ("who had it first", lambda claim: claim.first),
}


@dataclass(frozen=True)
class Choice:
    """``show`` is empty, MISSING, or the number of an article that lacks the claims shown."""

    show: str = ""
    kind: str = ""
    q: str = ""
    sort: str = "most"

    @classmethod
    def of(cls, given: Mapping[str, str], matrix: Coverage, kinds: Iterable[str]) -> Choice:
        """Return what a query asks for; what it cannot ask for is left at its default."""
        show, kind, sort = (given.get(name, "") for name in ("show", "kind", "sort"))
        known = {MISSING, *(str(column.article.pk) for column in matrix.columns)}
        return cls(
            show=show if show in known else "",
            kind=kind if kind in set(kinds) else "",
            q=" ".join(given.get("q", "").replace("\0", "").split())[:LONGEST],
            sort=sort if sort in ORDERS else "most",
        )

    def query(self, **changes: str) -> str:
        """Return the query of this choice with changes, defaults left out."""
        values = asdict(replace(self, **changes))
        default = asdict(Choice())
        return urlencode({name: v for name, v in values.items() if v != default[name]})

    def lacking(self, matrix: Coverage) -> Column | None:
        """Return the column whose gaps are shown."""
        return next((c for c in matrix.columns if str(c.article.pk) == self.show), None)

    def claims(self, matrix: Coverage) -> list[Claim]:
        """Return the claims asked for, in the order asked for; a text is looked for in passages."""
        lacking = self.lacking(matrix)
        article = lacking.article.pk if lacking else None
        found = matrix.claims  # by independent sources, articles and score already
        if self.show:
            found = [claim for claim in found if claim.lacks(article)]
        if self.kind:
            found = [claim for claim in found if _has_kind(claim, self.kind, article)]
        if self.q:
            texts = _texts(matrix)
            found = [claim for claim in found if _says(claim, self.q.casefold(), texts)]
        return sorted(found, key=ORDERS[self.sort][1])


def _has_kind(claim: Claim, kind: str, article: int | None) -> bool:
    if article is None:
        return kind in claim.kinds.values()
    return claim.kinds.get(article) == kind


def _texts(matrix: Coverage) -> dict[int, str]:
    pks = [column.article.pk for column in matrix.columns]
    return dict(Article.objects.filter(pk__in=pks).values_list("pk", "text"))


def _says(claim: Claim, wanted: str, texts: Mapping[int, str]) -> bool:
    quotes = (texts.get(pk, "")[start:end] for pk, start, end, _ in claim.row["passages"])
    return any(wanted in quote.casefold() for quote in (claim.text, *quotes))
