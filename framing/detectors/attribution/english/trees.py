"""Read subjects, phrases and cue spans off a dependency parse (CLEAR labels of spaCy's English)."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import extent, kids, strip
from framing.detectors.words import words

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_RELATIVE = frozenset({"who", "which", "that", "whom"})
CHAINS = words("""
continue go begin start appear seem come quote use proceed hasten care tend dare cite hear keep
""")
"""Verbs that only lead to the next one: "went on to say", "appears to believe"."""
_CIRCUMSTANCE = words("""
statement interview conference briefing speech press-conference letter tweet post email e-mail
monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night january
february march april may june july august september october november december week month year
hour minute day yesterday today hearing broadcast
""")
_AROUND_CUE = ("aux", "auxpass", "neg", "advmod")
_PLACES = frozenset({"in", "at", "on", "across", "outside", "after", "before", "during"})
_MAX_CLIMB = 8


def is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def has_to(verb: Token) -> bool:
    """Tell whether a verb is an infinitive with "to"."""
    return any(child.lower_ == "to" for child in kids(verb, "aux"))


def passive_topic(verb: Token) -> list[Token]:
    """Return what a passive is about, also in "was at war and has been accused"."""
    own = kids(verb, "nsubjpass")
    shared = verb.dep_ == "conj" and not own and is_passive(verb)
    return kids(verb.head, "nsubj", "nsubjpass")[:1] if shared else own


def relative_object(verb: Token) -> list[Token]:
    """Return the "which" or "whom" that stands before a verb as its object."""
    return [o for o in kids(verb, "dobj") if o.i < verb.i and o.tag_ in ("WDT", "WP")]


def subject(verb: Token) -> Token | None:
    """Return who does the saying: the verb's own subject or that of the verbs it hangs from."""
    current = verb
    for _ in range(_MAX_CLIMB):
        own = kids(current, "nsubj") or kids(current, "nsubjpass")
        if own:
            return _antecedent(own[-1], current)
        above = _governor(current)
        if above is None or above.pos_ not in ("VERB", "AUX"):
            return above
        current = above
    return None


def _antecedent(own: Token, verb: Token) -> Token:
    if verb.dep_ == "relcl" and own.lower_ in _RELATIVE and verb.head.i < own.i:
        return verb.head
    return own


def _governor(verb: Token) -> Token | None:
    """Return the verb or noun from which a subjectless verb takes its subject."""
    head = verb.head
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        return head.head if head.head.i != head.i else None
    if verb.dep_ == "xcomp" and not is_passive(head):
        held = [o for o in kids(head, "dobj") if o.i < verb.i]
        return held[-1] if held and head.lemma_ not in ("use", "have") else head
    if verb.dep_ == "acl" and head.dep_ == "pobj" and head.head.lower_ in _PLACES:
        return head.head.head
    if verb.dep_ in ("conj", "xcomp", "acl"):
        return head
    if verb.dep_ in ("advcl", "dep", "ccomp", "parataxis") and verb.tag_ in ("VBG", "VBN", "VB"):
        return head
    return None


def is_circumstance(child: Token) -> bool:
    """Tell whether a phrase on the cue says when or where it was said, not what."""
    if child.dep_ in ("npadvmod", "nmod"):
        return True
    if child.dep_ == "prep":
        objects = kids(child, "pobj")
        return child.lower_ == "according" or any(
            o.lemma_.lower() in _CIRCUMSTANCE for o in objects)
    return False


def noun_phrase(page: Page, head: Token, *, before: int | None = None) -> Range | None:
    """Return a source phrase: determiner, titles, appositions and identifying clauses included.

    ``before`` cuts the phrase where the cue begins, which happens inside a relative clause.
    """
    a, b = extent(head)
    for child in head.children:
        loose = child.i > a and page.doc[child.left_edge.i - 1].text == ","
        if loose and child.tag_ == "VBG" and child.dep_ in ("acl", "advcl") and child.i > head.i:
            b = min(b, child.left_edge.i - 1)  # "said Tor, adding that ..."
        if child.dep_ in ("relcl", "acl") and child.i > head.i and child.right_edge.i - head.i > 25:
            b = min(b, child.left_edge.i)
        if child.dep_ in ("cc", "preconj") and child.i < head.i:
            a = max(a, child.i + 1)
        if child.dep_ == "prep" and child.i > head.i and head.dep_ != "pobj" and (
            is_circumstance(child) or loose or child.lower_ == "to"):
            b = min(b, child.left_edge.i)
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            b = min(b, child.left_edge.i - 1)
    if before is not None and a < before:
        b = min(b, before)
    while b - 1 > head.i and (page.doc[b - 1].dep_ in ("cc", "punct")
                              or page.doc[b - 1].tag_ in ("WP", "WDT")):
        b -= 1
    return strip(page, (a, b), keep_marks=False) if a < b else None


def cue_range(page: Page, verb: Token, *, length: int = 1) -> Range:
    """Return the verb with its auxiliaries, negation, adverbs and particle, as far as they touch.

    ``length`` is how many words a cue of fixed words has, "point out" 2.
    """
    a, b = verb.i, verb.i + length
    around = {c.i for c in verb.children if c.dep_ in _AROUND_CUE and c.pos_ != "SCONJ"
              and c.left_edge.i == c.right_edge.i and c.tag_ != "WRB"}
    adverbs = {c.i: c.left_edge.i for c in verb.children if c.dep_ in ("advmod", "neg")
               and c.left_edge.i == c.i - 1 and c.tag_.startswith("RB")}
    while a - 1 in around or a - 1 in adverbs:  # "has once again denounced", "no longer wants"
        a = adverbs.get(a - 1, a - 1)
    while b < len(page.doc) and ((page.doc[b].dep_ == "prt" and page.doc[b].head == verb)
                                 or (b in around and page.doc[b].lower_.endswith("ly"))):
        b += 1
    head = verb.head
    if verb.dep_ in ("xcomp", "pcomp", "advcl") or (verb.dep_ == "conj" and a > 0):
        chain = head.head if verb.dep_ == "pcomp" else head
        between = page.doc[chain.i + 1 : a]
        if chain.lemma_ in CHAINS and chain.i < a and len(between) <= 3 and all(
                t.pos_ in ("PART", "ADV", "ADP", "SCONJ") for t in between):
            a = cue_range(page, chain)[0]
    return a, b


def agent(verb: Token) -> Token | None:
    """Return who stands behind "by" after a passive."""
    lower = (t for small in kids(verb, "oprd", "acomp") for t in kids(small, "agent", "prep"))
    for by in [*kids(verb, "agent"), *(t for t in lower if t.lower_ == "by")]:
        for person in kids(by, "pobj"):
            return person
    return None
