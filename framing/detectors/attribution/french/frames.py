"""The ways in which a French cue verb carries content that is not a quotation."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.french.incises import head_of, incise, incise_draft
from framing.detectors.attribution.french.trees import (
    entry_for,
    group,
    infinitive_of,
    is_cue_verb,
    is_finite,
    is_gerund,
    loose_behind,
    phrase_before,
    phrase_behind,
    plain,
    subject,
)
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import extent, kids, strip
from framing.detectors.words import words

_FAR_QUE = 16
_FAR_CUE = 60
_LONGEST = 14
_QUE = frozenset({"que", "qu'"})
_COMPARES = words("""
plus moins aussi autant même tel telle tels telles avant après alors tandis afin bien pour parce dès
ainsi sans depuis puis pendant lors tant rien seul autre autres
""")
_DUMMY = frozenset({"ce", "c'", "cela", "ça", "ceci"})
_INFERRED = words("montrer démontrer prouver suggérer indiquer signaler établir révéler")
_NOMINAL = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON")
_OF = frozenset({"de", "d'", "du", "des"})
_BEFORE_INFINITIVE = words("ne n' pas rien plus jamais y en se s' le la les l' lui leur")
_OPENING = frozenset({"«", "“", '"'})
_PARTICLES = frozenset({"de", "d'", "à"})


def verb_draft(page: Page, verb: Token) -> Draft | None:
    """Return the relation of one cue verb, by the first way of carrying content that fits."""
    if _is_infinitive(verb) and not _adds_to(verb):
        return None
    if incise(page, verb, page.sentence(verb)[1]) is not None:
        return incise_draft(page, verb)
    readers: tuple[Callable[[Page, Token], Draft | None], ...] = (
        as_clause, that_clause, infinitive, charge, opinion)
    return next((draft for read in readers if (draft := read(page, verb))), None)


def speaker(page: Page, verb: Token, cue: Range) -> tuple[Token | None, Range | None]:
    """Return who speaks and the phrase, before the cue or behind an inverted one."""
    earlier = _cue_before(page, verb) if is_gerund(verb) or _is_infinitive(verb) else None
    if earlier is not None:
        inverted = incise(page, earlier, page.sentence(earlier)[1])
        if inverted is not None:
            return inverted.person, inverted.source
        return speaker(page, earlier, group(page, earlier))
    person = subject(verb)
    if person is not None and page.quoted(person.i) and not page.quoted(verb.i):
        return None, None
    if person is not None and plain(person) == "qui":
        return _phrase_left(page, (person.i - (page.doc[person.i - 1].text == ","), cue[1]))
    if person is None or cue[0] <= person.i < cue[1]:
        return _phrase_left(page, cue)
    left = _phrase_left(page, cue) if person.i > verb.i else (None, None)
    if left[1] is not None:
        return left
    if person.i > verb.i:
        return person, phrase_behind(page, extent(person)[0], page.sentence(verb)[1])
    found = phrase_before(page, person, cue[0])
    return person, found


def _is_infinitive(verb: Token) -> bool:
    return "Inf" in verb.morph.get("VerbForm", [])


def _adds_to(verb: Token) -> bool:
    """Tell whether "avant d'" leads to the infinitive: a second statement of one speaker."""
    return _is_infinitive(verb) and verb.i >= 2 and plain(verb.nbor(-2)) == "avant"


def _cue_before(page: Page, verb: Token) -> Token | None:
    """Return the finite cue to which ", ajoutant que" and "Et d'ajouter :" add."""
    first = page.paragraphs[page.paragraph(verb.i)][0]
    start = max(first, verb.i - _FAR_CUE) if _is_infinitive(verb) else page.sentence(verb)[0]
    for index in range(verb.i - 1, start - 1, -1):
        token = page.doc[index]
        if not page.quoted(index) and is_cue_verb(token) and is_finite(token):
            return token
    return None


def _phrase_left(page: Page, cue: Range) -> tuple[Token | None, Range | None]:
    """Return the words right before the cue that could be a noun phrase the parse missed.

    Before a comma, as behind an apposition, all words from the start are taken.
    """
    a, first = cue[0], page.sentence(page.doc[cue[0]])[0]
    if 0 < a - first <= _LONGEST and page.doc[a - 1].text == "," and not any(
            page.quoted(i) or is_finite(page.doc[i]) for i in range(first, a)):
        a = first
    while a > first and (page.doc[a - 1].pos_ in _NOMINAL or plain(page.doc[a - 1]) in _OF) and (
            not is_cue_verb(page.doc[a - 1])):
        a -= 1
    found = strip(page, (a, cue[0]), keep_marks=False)
    if found is None or page.doc[found[0]].pos_ not in ("DET", "PROPN", "NOUN", "PRON"):
        return None, None
    return head_of(page, found), found


def opened(page: Page, verb: Token, frame: str, rule: str, score: float) -> Draft | None:
    """Return cue and source of a verb in a frame; "on" and a dummy "il" are nobody."""
    entry = entry_for(verb, frame)
    if entry is None or not (is_finite(verb) or is_gerund(verb) or _adds_to(verb)):
        return None
    cue = group(page, verb)
    person, source = speaker(page, verb, cue)
    impersonal = person is not None and plain(person) in _DUMMY | {"on"}
    draft = Draft(rule, score, cue, entry, [source] if source and not impersonal else [], [], cue,
                  head=verb, person=None if impersonal else person, speaks=True)
    return draft if draft.sources or impersonal or _is_passive(verb) else None


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in ("aux:pass", "nsubj:pass", "expl:pass") for c in verb.children)


def that_clause(page: Page, verb: Token) -> Draft | None:
    """Content follows "que": "Le maire a déclaré mardi que le pont resterait fermé"."""
    que = _que(page, verb)
    draft = opened(page, verb, "c", "that_clause", 0.85) if que is not None else None
    if draft is None or que is None or _restricts(page, verb, que):
        return None
    if draft.person is not None and plain(draft.person) in _DUMMY and (
            infinitive_of(verb) in _INFERRED):
        return None
    content = strip(page, (que + 1, _end(page, verb, que + 1)))
    draft.contents = [content] if content else []
    return draft if content else None


def _que(page: Page, verb: Token) -> int | None:
    """Return where the "que" of a verb stands: near, and no other verb's."""
    end = page.sentence(verb)[1]
    for index in range(verb.i + 1, min(verb.i + _FAR_QUE, end)):
        token = page.doc[index]
        if plain(token) in _QUE:
            return None if plain(page.doc[index - 1]) in _COMPARES else index
        if token.text in (";", ":", ".") or page.quoted(index) or (
                is_cue_verb(token) and is_finite(token) and entry_for(token, "c")):
            return None
    return None


def _restricts(page: Page, verb: Token, que: int) -> bool:
    """"n'a dit que la vérité": only; and "ce que", "le rapport que" are relatives."""
    before = {plain(t) for t in page.doc[max(0, verb.i - 4) : que]}
    only = bool(before & {"n'", "ne"}) and not before & {"pas", "jamais", "plus"}
    near, first = page.doc[que - 1], page.doc[verb.i + 1]
    of_object = near.pos_ in ("NOUN", "PROPN", "PRON") and first.pos_ in ("DET", "NOUN", "PROPN")
    return only or (of_object and page.doc[que].dep_ in ("obj", "nsubj"))


def _end(page: Page, verb: Token, start: int) -> int:
    """Return where the clause ends: with the sentence, where another cue begins, or with the
    relative clause between commas that holds it."""
    end = page.sentence(verb)[1]
    aside = _is_aside(page, verb)
    for index in range(start, end):
        token = page.doc[index]
        if page.quoted(index):
            continue
        comma = page.doc[index - 1].text == ","
        if comma and (aside or _adds(token) or plain(token) in ("selon", "d'", "avant")):
            return index - 1
        if token.dep_ == "cc" and _joins(page, token, verb):
            return index
        found = incise(page, token, end) if infinitive_of(token) else None
        if found is not None:
            return found.region[0] - 1
    return end


def _is_aside(page: Page, verb: Token) -> bool:
    """Tell whether the cue stands in ", qui affirme que ...,"."""
    before = group(page, verb)[0]
    return before > 1 and plain(page.doc[before - 1]) == "qui" and (
        page.doc[before - 2].text == ",")


def _adds(token: Token) -> bool:
    return is_gerund(token) and bool(infinitive_of(token))


def _joins(page: Page, conjunction: Token, verb: Token) -> bool:
    """Tell whether "et" goes on with what the speaker does, not with what was said."""
    joined = conjunction.head
    if joined.dep_ != "conj" or joined.head.i != verb.i or plain(
            page.doc[conjunction.i + 1]) in _QUE:
        return False
    return not any(s.i > conjunction.i for s in kids(joined, "nsubj", "nsubj:pass"))


def infinitive(page: Page, verb: Token) -> Draft | None:
    """Content is an infinitive: "promet de rouvrir l'usine", "dément avoir payé"."""
    at = verb.i + 1
    while at < len(page.doc) and page.doc[at].pos_ == "ADV" and (
            plain(page.doc[at]) not in _BEFORE_INFINITIVE):
        at += 1
    first = at
    if at < len(page.doc) and plain(page.doc[at]) in _PARTICLES:
        at += 1
    while at < len(page.doc) and plain(page.doc[at]) in _BEFORE_INFINITIVE:
        at += 1
    at += at < len(page.doc) and page.doc[at].text in _OPENING
    end = page.sentence(verb)[1]
    if at >= end or "Inf" not in page.doc[at].morph.get("VerbForm", []):
        return None
    draft = opened(page, verb, "i", "infinitive", 0.65)
    content = strip(page, (first, _end(page, verb, at)))
    if draft is None or content is None or not draft.sources:
        return None
    draft.contents = [content]
    return draft


def charge(page: Page, verb: Token) -> Draft | None:
    """Content is a target and what it is charged with: "accuse le maire d'avoir menti"."""
    draft = opened(page, verb, "f", "charge", 0.7)
    if draft is None or not draft.sources or _is_passive(verb):
        return None
    end = next((i for i in range(verb.i + 1, page.sentence(verb)[1])
                if page.doc[i].text in (",", ";", ".") and not page.quoted(i)),
               page.sentence(verb)[1])
    of = next((i for i in range(verb.i + 2, end) if plain(page.doc[i]) in ("de", "d'")), None)
    content = strip(page, (verb.i + 1, end))
    draft.contents = [content] if content and of is not None else []
    return draft if draft.contents else None


def opinion(page: Page, verb: Token) -> Draft | None:
    """Content is an object alone: "dénonce la hausse des loyers"."""
    content = _object(page, verb) if entry_for(verb, "o") else None
    draft = opened(page, verb, "o", "object", 0.55) if content else None
    if draft is None or content is None or not draft.sources or _is_passive(verb):
        return None
    draft.contents = [content]
    return draft


def _object(page: Page, verb: Token) -> Range | None:
    """Return what is taken a stand on: by the parse, else the marks or the phrase behind."""
    end = page.sentence(verb)[1]
    for target in kids(verb, "obj"):
        if target.i > verb.i and target.pos_ in ("NOUN", "PROPN"):
            a, b = extent(target)
            later = [c.left_edge.i for c in target.children
                     if c.i > target.i and c.dep_ in ("conj", "advcl") and c.pos_ == "VERB"]
            return strip(page, (max(a, verb.i + 1), min([b, *later])))
    if verb.i + 1 < end and page.quoted(verb.i + 1):
        return page.quotes[page.quote_of(verb.i + 1)].range
    if verb.i + 1 < end and page.doc[verb.i + 1].pos_ == "DET":
        return phrase_behind(page, verb.i + 1, end)
    return None


def as_clause(page: Page, verb: Token) -> Draft | None:
    """Content is the clause beside "comme l'a souligné le rapporteur"."""
    bound = group(page, verb)
    if bound[0] == 0 or plain(page.doc[bound[0] - 1]) != "comme" or entry_for(verb, "c") is None:
        return None
    start, end = page.sentence(verb)
    source = phrase_behind(page, bound[1], end)
    if source is None:
        return None
    region = (bound[0] - 1, loose_behind(page, source[1], end))
    pieces = [strip(page, (start, region[0])), strip(page, (region[1], end))]
    draft = Draft("as_clause", 0.7, bound, entry_for(verb, "c"), [source],
                  [r for r in pieces if r], region, head=verb, person=page.doc[source[0]])
    draft.person = next((t for t in page.doc[source[0] : source[1]]
                         if t.pos_ in ("NOUN", "PROPN", "PRON")), draft.person)
    return draft if draft.contents else None
