"""Where content begins and ends once a cue is known."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.english.lexicon import CUES
from framing.detectors.attribution.english.trees import is_circumstance
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import extent, kids, strip
from framing.detectors.words import words

_LOOSE_MARKS = words("""as after before while when since until once whereas
""")
_PARTICIPLES = words("""
speak cite refer respond reply accord quote use follow follow base prompt spark draw lead wave
stand look smile shake
""")
_FINITE = ("VBD", "VBZ", "VBP")
_TURNS = frozenset({"and", "but", "while", "though", "although", "whereas", "yet"})
_LEADS = frozenset({"but", "and", "however", "yet", "meanwhile", "still", "moreover", "so"})


def complement(page: Page, verb: Token, clause: Token, end: int) -> Range | None:
    """Return a clause behind its verb, with what follows it up to where it stops belonging."""
    a, b = extent(clause)
    a = max(a, verb.i + 1)
    return cut(page, (a, min(_tail(verb, b), end)))


def cut(page: Page, tokens: Range) -> Range | None:
    """Return content without "that" before it and without what another cue adds behind it."""
    a, b = tokens
    found = strip(page, (a, _before_addition(page, a, _before_last_cue(page, a, b))))
    if found and page.doc[found[0]].lower_ == "that" and page.doc[found[0]].tag_ in ("IN", "WDT"):
        found = strip(page, (found[0] + 1, found[1]))
    return found


def around(page: Page, verb: Token | None, region: Range, start: int, end: int) -> list[Range]:
    """Return what a parenthetical or final cue leaves of its sentence."""
    while start < region[0] and page.doc[start].lower_ in _LEADS:
        start += 1
        if page.doc[start].text == ",":
            start += 1
    parts = [strip(page, (start, region[0]))]
    if (region[1] < end and page.doc[region[1]].text in (",", "—", "–", ";")) or parts[0] is None:
        stop = _tail_start(verb, region[1], end) if verb else end
        stop = _before_addition(page, region[1], stop)
        parts.append(strip(page, (region[1], stop)))
    return [part for part in parts if part and any(
        page.doc[i].is_alpha and page.doc[i].dep_ != "cc" for i in range(*part))]


def cue_region(page: Page, verb: Token, ranges: list[Range], end: int) -> Range:
    """Return the stretch of cue, neighbouring source and circumstances such as "on Monday"."""
    a, b = min(r[0] for r in ranges), max(r[1] for r in ranges)
    loose = sorted((c for c in verb.children if c.i >= b and _circles(c)), key=lambda c: c.i)
    for child in loose:
        left = child.left_edge.i
        if left == b or (left == b + 1 and page.doc[b].text == "," and _participle(child)):
            b = min(child.right_edge.i + 1, end)
    return a, b


def _circles(child: Token) -> bool:
    return (child.dep_ in ("npadvmod", "advmod", "dative", "agent", "dobj", "prt")
            or child.dep_ in ("prep", "advcl"))


def _participle(child: Token) -> bool:
    return child.dep_ == "advcl" and child.tag_ == "VBG"


def _tail(verb: Token, at: int) -> int:
    """Return where a clause that ends at ``at`` stops when looser parts behind it are its own."""
    for child in sorted(verb.children, key=lambda c: c.i):
        if child.i < at or child.is_punct or child.is_space:
            continue
        if not _belongs(child):
            return max(at, child.left_edge.i)
        at = max(at, child.right_edge.i + 1)
    return at


def _tail_start(verb: Token, at: int, end: int) -> int:
    """Return where, from ``at`` on, something of the cue's own begins again."""
    for child in sorted(verb.children, key=lambda c: c.i):
        if child.left_edge.i > at and not child.is_punct and not _belongs(
                child, aside=True):
            return min(end, child.left_edge.i)
    return end


def _belongs(child: Token, *, aside: bool = False) -> bool:
    """Tell whether a part of the cue's clause is content; ``aside`` when the cue is set off."""
    if child.dep_ == "conj" and aside:
        return bool(kids(child, "nsubj", "nsubjpass", "expl"))
    if child.dep_ == "cc" and aside:
        return True
    if child.dep_ in ("cc", "conj") or is_circumstance(child):
        return False
    if child.dep_ == "advcl":
        marks = {m.lower_ for m in child.children if m.dep_ in ("mark", "advmod")}
        return child.tag_ != "VBG" and not marks & _LOOSE_MARKS
    return child.dep_ in ("prep", "ccomp", "xcomp", "advmod", "relcl", "acl", "dobj", "parataxis")


def _before_addition(page: Page, a: int, b: int) -> int:
    """Stop before ", adding that" and "according to", which the parse may hang anywhere."""
    for index in range(a + 1, b):
        token = page.doc[index]
        if page.quoted(index):
            continue
        comma = page.doc[index - 1].text == ","
        if comma and token.tag_ == "VBG" and (
            token.lemma_ in CUES.verbs or token.lemma_ in _PARTICIPLES
        ):
            return index - 1
        if token.lower_ == "according" and index + 1 < b and page.doc[index + 1].lower_ == "to":
            return index
        if comma and token.lower_ in _TURNS and _new_speaker(page, index, b):
            return index - 1
        if token.tag_ in _FINITE and goes_on(page, token):
            return max((i for i in range(a, index) if page.doc[i].dep_ == "cc"), default=index)
        if comma and token.lower_ == "as" and _has_cue_verb(page, index, b):
            return index - 1
    return b


def goes_on(page: Page, verb: Token) -> bool:
    """Tell whether a verb that the parse joined to a content clause carries on its cue instead."""
    if verb.dep_ != "conj" or verb.tag_ not in _FINITE or verb.i + 1 >= len(page.doc):
        return False
    clause, cue = verb.head, verb.head.head
    behind = page.doc[verb.i + 1]
    said = ((behind.lower_ == "that" and behind.dep_ in ("mark", "det", "nsubj"))
            or page.quoted(verb.i + 1))
    return (said and clause.dep_ == "ccomp" and clause.tag_ != verb.tag_ and cue.tag_ == verb.tag_
            and cue.i < clause.i and not kids(verb, "nsubj", "nsubjpass")
            and CUES.verb(cue.lemma_, "c") is not None)


def _before_last_cue(page: Page, a: int, b: int) -> int:
    """Stop before ", a survey found" at the end, which hands all before it over."""
    last = b - 1
    while last > a and (page.doc[last].is_punct or page.doc[last].is_space):
        last -= 1
    verb = page.doc[last]
    speakers = kids(verb, "nsubj") if verb.tag_ in _FINITE else []
    if not speakers or CUES.verb(verb.lemma_, "c") is None or page.quoted(last):
        return b
    left = speakers[0].left_edge.i
    return left - 1 if left - 1 > a and page.doc[left - 1].text == "," else b


def _new_speaker(page: Page, index: int, end: int) -> bool:
    """Tell whether another subject and its cue follow: ", and Tor insisted that"."""
    for at in range(index + 1, min(index + 10, end)):
        token = page.doc[at]
        if token.pos_ in ("VERB", "AUX"):
            speaks = token.tag_ in _FINITE and bool(
                CUES.verb(token.lemma_, "c") or CUES.verb(token.lemma_, "o"))
            return speaks and any(s.i > index for s in kids(token, "nsubj"))
    return False


def _has_cue_verb(page: Page, index: int, end: int) -> bool:
    return any(CUES.verb(page.doc[i].lemma_, "q") for i in range(index + 1, min(index + 4, end)))
