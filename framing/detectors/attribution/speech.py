"""Give each quotation its speaker: the cue beside it, the speaker before it, or nobody."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Token

from framing.detectors.attribution.beside import cue_beside, with_lead
from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.grammar import Grammar
from framing.detectors.attribution.page import Page, Quote, Range
from framing.detectors.attribution.ranges import strip

_BY_OBJECT = frozenset({"object", "preposition", "charge", "infinitive", "directive"})
_MAX_SIGNATURE = 12


def give_speakers(page: Page, grammar: Grammar, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with every utterance in marks assigned, adding drafts where needed.

    The contents of the drafts given grow or shrink to whole quotations.
    """
    speakers = _Speakers(page, grammar, drafts)
    speakers.fit()
    for number, quote in enumerate(page.quotes):
        if number not in speakers.owner and (
                quote.speech or _is_uttered(page, grammar, quote)):
            speakers.find(number, quote)
    return speakers.drafts


def _is_uttered(page: Page, grammar: Grammar, quote: Quote) -> bool:
    """A word or two beside a verb of speech were uttered: 'Fans chanted "Sack the board"'."""
    if grammar.utters_behind(page, quote):
        return True
    if not quote.range[0]:
        return False
    verb = page.doc[quote.range[0] - 1]
    return grammar.is_cue_verb(verb) and grammar.utters(verb)


class _Speakers:
    """Which draft holds which quotation; indexed, so that long articles cost no more a word."""

    def __init__(self, page: Page, grammar: Grammar, drafts: list[Draft]) -> None:
        self.page = page
        self.grammar = grammar
        self.drafts = drafts
        self.owner: dict[int, Draft] = {
            number: d for d in drafts for number in sorted(d.quotes)}
        self.by_head = {d.head.i: d for d in drafts if d.head is not None}
        self.by_paragraph: dict[int, list[Draft]] = defaultdict(list)
        for draft in drafts:
            self._place(draft)

    def _place(self, draft: Draft) -> None:
        self.by_paragraph[self.page.paragraph(draft.region[0])].append(draft)

    def _add(self, draft: Draft, number: int) -> None:
        self.drafts.append(draft)
        self._place(draft)
        self.owner[number] = draft
        if draft.head is not None:
            self.by_head[draft.head.i] = draft

    def fit(self) -> None:
        """Let content that shares words with a quotation hold all of it, or be it."""
        for draft in self.drafts:
            for at, content in enumerate(draft.contents):
                for number in self.page.quotes_in(content):
                    quote = self.page.quotes[number]
                    if draft.cue and quote.range[0] < draft.cue[0] < quote.range[1]:
                        continue
                    draft.contents[at] = _grown(
                        self.page, self.grammar, draft, draft.contents[at], quote)
                    draft.quotes.add(number)
                    self.owner.setdefault(number, draft)

    def find(self, number: int, quote: Quote) -> None:
        """Look for the speaker of a quotation that no content holds."""
        verb = cue_beside(self.page, self.grammar, quote)
        if verb is not None and self._beside(verb, number, quote):
            return
        if not self._inherit(number, quote):
            self._float(number, quote)

    def _beside(self, verb: Token, number: int, quote: Quote) -> bool:
        draft = self.by_head.get(verb.i)
        if draft is not None:
            keeps = [] if draft.rule in _BY_OBJECT else [
                c for c in draft.contents if c[1] <= quote.range[0] or c[0] >= quote.range[1]]
            draft.contents = sorted([*keeps, quote.range])
            draft.quotes.add(number)
            draft.rule, draft.score = "quotation", max(draft.score, 0.85)
            self.owner[number] = draft
            return True
        draft = self.grammar.beside_quotation(self.page, verb)
        if draft is None:
            return False
        draft.contents = [with_lead(self.page, self.grammar, verb, quote)]
        draft.quotes = {number}
        self._add(draft, number)
        return True

    def _inherit(self, number: int, quote: Quote) -> bool:
        """A second quotation behind the same cue, or the next paragraph of one speech, goes on."""
        earlier = next((n for n in range(number - 1, max(number - 6, -1), -1) if n in self.owner),
                       None)
        if earlier is None:
            return False
        draft, previous = self.owner[earlier], self.page.quotes[earlier]
        goes_on = not previous.closed and quote.paragraph - previous.paragraph == 1
        gap = (previous.range[1], quote.range[0])
        same = previous.paragraph == quote.paragraph and _only_cue_between(self.page, draft, gap)
        if goes_on or same:
            draft.contents.append(quote.range)
            draft.quotes.add(number)
            self.owner[number] = draft
        return goes_on or same

    def _float(self, number: int, quote: Quote) -> None:
        """Propose a quotation without a cue; who signs it or spoke last is its likely source."""
        if not _stands_alone(self.page, quote):
            return
        signed = _signature(self.page, quote)
        if signed is not None:
            person = self.page.doc[signed[1] - 1]
            self._add(Draft("signature", 0.75, None, None, [signed], [quote.range], quote.range,
                            person=person, quotes={number}), number)
            return
        last = self._last_speaker(quote)
        self._add(Draft(
            "floating", 0.6 if last else 0.5, None, None, list(last.sources[:1]) if last else [],
            [quote.range], quote.range, person=last.person if last else None, quotes={number},
        ), number)

    def _last_speaker(self, quote: Quote) -> Draft | None:
        """Return who spoke last in this paragraph or the one before, people before papers."""
        near = [d for p in (quote.paragraph - 1, quote.paragraph) for d in self.by_paragraph[p]
                if d.sources and d.cue and d.region[0] < quote.range[0]]
        people = [d for d in near if d.person is not None
                  and self.grammar.is_speaker(self.page, d.person)]
        return max(people or near, key=lambda d: d.region[0], default=None)


def _grown(page: Page, grammar: Grammar, draft: Draft, content: Range, quote: Quote) -> Range:
    """Return the content with the quotation whole, or the quotation alone."""
    outside = [page.doc[i] for i in range(*content) if not quote.range[0] <= i < quote.range[1]]
    shared = content[1] - content[0] - len(outside)
    empty = all(not t.is_alpha or t.lower_ in grammar.fillers for t in outside)
    stray = draft.rule == "parenthetical" and quote.speech and len(outside) < 0.3 * shared
    if quote.words >= 3 and draft.rule in ("clause", "parenthetical", "quotation") and (
            (empty and len(outside) <= 2) or stray):
        return quote.range
    return min(content[0], quote.range[0]), max(content[1], quote.range[1])


def _only_cue_between(page: Page, draft: Draft, gap: Range) -> bool:
    if not any(page.doc[i].is_alpha for i in range(*gap)):
        return True
    holds_cue = draft.cue is not None and gap[0] <= draft.cue[0] < gap[1]
    stops = [i for i in range(*gap) if page.doc[i].text in (".", "!", "?") and not page.quoted(i)]
    return holds_cue and all(i >= gap[1] - 2 for i in stops)


def _stands_alone(page: Page, quote: Quote) -> bool:
    """Tell whether a quotation is a sentence by itself."""
    first, last = page.paragraphs[quote.paragraph]
    if quote.words < 4 or quote.range[0] != page.clause_start(quote.range[0], first):
        return False
    # What ends without a stop is a title, as in a list of sources.
    stop = quote.range[1] < last and page.doc[quote.range[1]].text in (".", "!", "?")
    return quote.last in ".!?…" or not quote.closed or stop


def _signature(page: Page, quote: Quote) -> Range | None:
    """Return the name set under or behind a quotation: '"..." — Ilse Tor, manager'."""
    last = page.paragraphs[quote.paragraph][1]
    tail = strip(page, (quote.range[1], last), keep_marks=False)
    after = quote.paragraph + 1
    if tail is None and after < len(page.paragraphs):
        tail = strip(page, page.paragraphs[after], keep_marks=False)
    if tail is None or tail[1] - tail[0] > _MAX_SIGNATURE:
        return None
    name = page.doc[tail[0] : tail[1]]
    plain = not any(t.pos_ in ("VERB", "AUX") or t.is_quote or t.text in ".!?" for t in name)
    stop = next((i for i in range(*tail) if page.doc[i].text == ","), tail[1])
    ended = page.doc[tail[1]].text in (".", "!", "?") if tail[1] < len(page.doc) else False
    return (tail[0], stop) if plain and not ended and name[0].pos_ == "PROPN" else None
