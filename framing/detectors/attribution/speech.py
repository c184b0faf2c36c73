"""Give each quotation its speaker: the cue beside it, the speaker before it, or nobody."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.lexicon import CUES, Cue
from framing.detectors.attribution.page import Page, Quote, Range
from framing.detectors.attribution.trees import strip, subject
from framing.detectors.attribution.verbs import is_cue_verb, open_draft, source_ranges

_REACH = 25
_MANNER = Cue("neutral", "assertion", "q")


def give_speakers(page: Page, drafts: list[Draft]) -> None:
    """Assign every utterance in marks to a draft, adding drafts where there is none.

    Changes ``drafts``: their contents grow or shrink to whole quotations.
    """
    for number, quote in enumerate(page.quotes):
        _fit(page, drafts, number, quote)
    for number, quote in enumerate(page.quotes):
        if quote.speech and not any(number in d.quotes for d in drafts):
            _find_speaker(page, drafts, number, quote)


def _fit(page: Page, drafts: list[Draft], number: int, quote: Quote) -> None:
    """Let content that shares words with a quotation hold all of it, or be it."""
    for draft in drafts:
        if draft.cue and page.quoted(draft.cue[0]):
            continue
        for at, content in enumerate(draft.contents):
            shared = min(content[1], quote.range[1]) - max(content[0], quote.range[0])
            if shared <= 0 or _between(draft.cue, quote.range):
                continue
            draft.contents[at] = _grown(page, draft, content, quote, shared)
            draft.quotes.add(number)


def _between(cue: Range | None, quote: Range) -> bool:
    return cue is not None and quote[0] < cue[0] < quote[1]


def _grown(page: Page, draft: Draft, content: Range, quote: Quote, shared: int) -> Range:
    outside = content[1] - content[0] - shared
    loose = outside <= 2 or (draft.speaks and quote.speech and outside < 0.3 * shared
                             and draft.rule == "parenthetical")
    if loose and quote.words >= 3 and draft.rule in ("clause", "parenthetical", "quotation"):
        words = [page.doc[i] for i in range(*content) if not quote.range[0] <= i < quote.range[1]]
        if all(not w.is_alpha or w.lower_ in ("that", "but", "and") for w in words) or outside > 2:
            return quote.range
    return min(content[0], quote.range[0]), max(content[1], quote.range[1])


def _find_speaker(page: Page, drafts: list[Draft], number: int, quote: Quote) -> None:
    verb = _cue_beside(page, quote)
    if verb is not None and _add_to(page, drafts, verb, number, quote):
        return
    if _inherit(page, drafts, number, quote):
        return
    _float(page, drafts, number, quote)


def _cue_beside(page: Page, quote: Quote) -> Token | None:
    """Return the verb of speech before or behind a quotation, in the sentence that carries it."""
    first, last = page.paragraphs[quote.paragraph]
    left, right = _left(page, quote, first), _right(page, quote, last)
    if left is not None and (quote.last != "," or right is None):
        return left
    return right if right is not None else left


def _left(page: Page, quote: Quote, first: int) -> Token | None:
    a = quote.range[0]
    start = max(page.clause_start(a, first), a - _REACH)
    if a == start:
        return None
    before = page.doc[a - 1].text
    for index in range(a - 1, start - 1, -1):
        token = page.doc[index]
        if page.quoted(index):
            return None
        if _speaks(token):
            near = a - index <= 8 or before in (":", ",")
            return token if near else None
    return None


def _right(page: Page, quote: Quote, last: int) -> Token | None:
    b = quote.range[1]
    if b >= last or (quote.last == "." and not page.doc[b].text[0].islower()):
        return None
    if not quote.closed:
        return None
    for index in range(b, min(page.clause_end(b, last), b + _REACH)):
        token = page.doc[index]
        if page.quoted(index):
            return None
        if _speaks(token) or _manner(token, b, quote):
            return token
        if token.tag_ in ("VBD", "VBZ", "VBP") and token.dep_ not in ("relcl", "acl", "advcl"):
            return None
    return None


def _speaks(token: Token) -> bool:
    lemma = token.lemma_.lower()
    entries = (*CUES.verbs.get(lemma, ()), *CUES.verbs.get(lemma + "e", ()))
    return token.pos_ == "VERB" and any("q" in e.frames or "c" in e.frames for e in entries)


def _manner(token: Token, start: int, quote: Quote) -> bool:
    """Any finite verb right behind '..., "' that has a subject speaks: '"Yes," she laughed.'"""
    return (quote.last in ",?!" and token.tag_ in ("VBD", "VBZ", "VBP") and token.pos_ == "VERB"
            and token.i - start <= 6 and subject(token) is not None
            and subject(token) is not token)


def _add_to(page: Page, drafts: list[Draft], verb: Token, number: int, quote: Quote) -> bool:
    for draft in drafts:
        if draft.head is not None and draft.head.i == verb.i:
            draft.contents = _merged(draft, quote.range)
            draft.quotes.add(number)
            draft.rule, draft.score = "quotation", max(draft.score, 0.85)
            return True
    frame = "q" if any("q" in e.frames for e in CUES.verbs.get(verb.lemma_.lower(), ())) else "c"
    new = open_draft(page, verb, frame, "quotation", 0.95) or _unknown_verb(page, verb)
    if new is None:
        return False
    new.contents, new.quotes = [_with_lead(page, verb, quote)], {number}
    new.sources = new.sources or _name_behind(page, verb)
    if not new.sources:
        new.score = 0.7
    drafts.append(new)
    return True


def _with_lead(page: Page, verb: Token, quote: Quote) -> Range:
    """Take in the words that lead into a quotation whose cue comes behind it."""
    a, b = quote.range
    start = page.clause_start(a, page.paragraphs[quote.paragraph][0])
    lead = range(start, a)
    if verb.i < a or not any(page.doc[i].is_alpha for i in lead) or len(lead) > _REACH or any(
            page.quoted(i) or _speaks(page.doc[i]) for i in lead):
        return quote.range
    return strip(page, (start, b)) or quote.range


def _unknown_verb(page: Page, verb: Token) -> Draft | None:
    person = subject(verb)
    if person is None or is_cue_verb(verb):
        return None
    cue = (verb.i, verb.i + 1)
    return Draft("manner", 0.7, cue, _MANNER, source_ranges(page, person, cue), [],
                 cue, head=verb, person=person)


def _name_behind(page: Page, verb: Token) -> list[Range]:
    """Return the words behind an inverted verb that the parse left without a subject."""
    stop = verb.i + 1
    while stop < len(page.doc) and page.doc[stop].pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ"):
        stop += 1
    found = strip(page, (verb.i + 1, stop), keep_marks=False)
    return [found] if found else []


def _merged(draft: Draft, quote: Range) -> list[Range]:
    outside = [c for c in draft.contents if c[1] <= quote[0] or c[0] >= quote[1]]
    keeps = [] if draft.rule in ("object", "preposition", "charge", "infinitive") else outside
    return sorted([*keeps, quote])


def _inherit(page: Page, drafts: list[Draft], number: int, quote: Quote) -> bool:
    """A second quotation behind the same cue, or the next paragraph of one speech, goes on."""
    earlier = _speech_before(page, drafts, number)
    if earlier is None:
        return False
    draft, previous = earlier
    gap = (previous.range[1], quote.range[0])
    goes_on = not previous.closed and quote.paragraph - previous.paragraph == 1
    same = previous.paragraph == quote.paragraph and _only_cue_between(page, draft, gap)
    if goes_on or same:
        draft.contents.append(quote.range)
        draft.quotes.add(number)
    return goes_on or same


def _speech_before(
    page: Page, drafts: list[Draft], number: int
) -> tuple[Draft, Quote] | None:
    for earlier in range(number - 1, max(number - 6, -1), -1):
        for draft in drafts:
            if earlier in draft.quotes:
                return draft, page.quotes[earlier]
    return None


def _only_cue_between(page: Page, draft: Draft, gap: Range) -> bool:
    if not any(page.doc[i].is_alpha for i in range(*gap)):
        return True
    holds_cue = draft.cue is not None and gap[0] <= draft.cue[0] < gap[1]
    stops = [i for i in range(*gap) if page.doc[i].text in (".", "!", "?") and not page.quoted(i)]
    return holds_cue and (not stops or stops == [i for i in stops if i >= gap[1] - 2])


def _float(page: Page, drafts: list[Draft], number: int, quote: Quote) -> None:
    """Propose a quotation without a cue; the last speaker nearby is its likely source."""
    first, last = page.paragraphs[quote.paragraph]
    words = sum(page.doc[i].is_alpha for i in range(first, last)) or 1
    inside = sum(page.doc[i].is_alpha for i in range(*quote.range))
    starts = quote.range[0] == page.clause_start(quote.range[0], first)
    sentence = quote.last in ".!?…" or not quote.closed or quote.range[1] >= last - 1
    if quote.words < 4 or not ((inside / words > 0.6 and starts) or (starts and sentence)):
        return
    previous = _last_speaker(page, drafts, quote)
    drafts.append(Draft(
        "floating", 0.6 if previous else 0.5, None, None,
        list(previous.sources[:1]) if previous else [], [quote.range],
        quote.range, person=previous.person if previous else None, quotes={number},
    ))


def _last_speaker(page: Page, drafts: list[Draft], quote: Quote) -> Draft | None:
    before = [d for d in drafts if d.sources and d.region[0] < quote.range[0]
              and quote.paragraph - page.paragraph(d.region[0]) <= 1]
    return max(before, key=lambda d: d.region[0], default=None)
