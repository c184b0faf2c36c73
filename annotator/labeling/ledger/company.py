"""An article in the company of its event: who may testify to what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from annotator.corpus.models import Article
from annotator.labeling import ledgers
from annotator.labeling.access import siblings
from annotator.labeling.drawing import draw
from annotator.labeling.models import Assignment, ClaimPassage, EventLedger
from framing.alignment.ledger import Ledger
from framing.annotations import Annotation, Part
from framing.documents import Document
from framing.omission.evidence import Witnesses
from framing.omission.validity import Check, Verdict, check_omission
from framing.spans import Span

NOWHERE = "an article that was deleted"
E3 = Check(
    "E3",
    Verdict.UNKNOWN,
    "Whether this article says it, in other words or in its headline, is for you to judge.",
)
"""What the machine thinks is not told: it would answer the question, and give away the checks."""


@dataclass(frozen=True)
class Company:
    """One article and the others of its event, in the order drawn for the sheet.

    ``names`` are what people read for an article, each its own; ``outlets`` what they read for its
    outlet: letters where the project hides outlets. ``is_compared`` tells whether the machine has
    read the article beside the others, so that not to find a claim in it means something.
    """

    article: Article
    others: Mapping[int, Article]
    names: Mapping[int, str]
    outlets: Mapping[int, str]
    witnesses: Witnesses
    is_compared: bool

    def independent(self, articles: Iterable[int]) -> list[str]:
        """Return the independent outlets among these, by rules E1 and E2 of the codebook."""
        here = [self.names[pk] for pk in dict.fromkeys(articles) if pk in self.others]
        return self.witnesses.independent(self.names[self.article.pk], here)

    def why_not(self, passage: ClaimPassage) -> str:
        """Return why a passage is no evidence against the article, empty when it is."""
        if passage.article_id is None:
            return "The article was deleted."
        if passage.article_id not in self.others:
            return "The article is in another event."
        own, name = self.names[self.article.pk], self.names[passage.article_id]
        if self.witnesses.source[name] == self.witnesses.source[own]:
            return "The same outlet, or a copy of this text."
        return "Published after this article." if self.witnesses.is_late(own, name) else ""

    def rules(self, passages: Sequence[ClaimPassage]) -> list[Check]:
        """Return E1 to E4 on the passages as evidence; those that count speak for the others."""
        counted = [passage for passage in passages if not self.why_not(passage)] or passages
        omission = Annotation(
            id="", document=self.names[self.article.pk], annotator="", device="", label="",
            parts=tuple(self._part(passage) for passage in counted),
        )  # fmt: skip
        found = check_omission(omission, self.witnesses, Ledger((), ()))
        return [E3 if check.rule == "E3" else check for check in found]

    def _part(self, passage: ClaimPassage) -> Part:
        name = self.names.get(passage.article_id or 0, NOWHERE)
        return Part("evidence", Span(passage.start, passage.end), passage.quote, name)


def company(assignment: Assignment) -> Company:
    """Return the article of a sheet among the others of its event; reads all their texts."""
    article = assignment.article
    seed = assignment.seed
    others = sorted(siblings(article), key=lambda other: draw(seed, "ledger", article.pk, other.pk))
    articles = [article, *others]
    names = _distinct({one.pk: one.name for one in articles})
    outlets = _outlets(articles, blind=assignment.blind)
    documents = [
        Document(
            names[one.pk], one.text, event=ledgers.EVENT, outlet=outlets[one.pk],
            published=one.published, language=one.language,
        )
        for one in articles
    ]  # fmt: skip
    ledger = EventLedger.objects.filter(event=article.event_id).first()
    copies = [
        replace(one, first=names[int(one.first)], second=names[int(one.second)])
        for one in ledgers.copies(ledger)
        if int(one.first) in names and int(one.second) in names
    ]
    witnesses = Witnesses(tuple(documents), tuple(copies))
    is_compared = ledger is not None and article.pk in ledger.articles
    return Company(
        article, {one.pk: one for one in others}, names, outlets, witnesses, is_compared
    )


def _outlets(articles: Sequence[Article], *, blind: bool) -> dict[int, str]:
    """Name each outlet; articles without one have one of their own, which stays without a name."""
    known = dict.fromkeys(one.outlet_id for one in articles if one.outlet_id)
    letters = {pk: f"outlet {_letter(number)}" for number, pk in enumerate(known)}
    return {
        one.pk: "" if one.outlet is None else letters[one.outlet.pk] if blind else one.outlet.name
        for one in articles
    }


def _letter(number: int) -> str:
    return ascii_uppercase[number % 26] + (str(number // 26) if number >= 26 else "")


def _distinct(names: Mapping[int, str]) -> dict[int, str]:
    """Number the names that occur twice."""
    used: dict[str, int] = {}
    found = {}
    for pk, name in names.items():
        used[name] = used.get(name, 0) + 1
        found[pk] = name if used[name] == 1 else f"{name} ({used[name]})"
    return found
