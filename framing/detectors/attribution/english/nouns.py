"""Draft relations whose cue is a noun: "the claim that ...", "his criticism of ..."."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.clauses import complement, cut
from framing.detectors.attribution.english.cue_verbs import is_cue_verb, source_ranges
from framing.detectors.attribution.english.lexicon import CUES
from framing.detectors.attribution.english.speakers import can_speak
from framing.detectors.attribution.english.trees import subject
from framing.detectors.attribution.lexicon import Cue
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import extent, kids
from framing.detectors.words import words

_MADE = words("""
make give issue hear write publish post send file receive get face level reject repeat take draw
want
""")
_LIGHT = words("""
make issue give express voice release have hold share raise send offer reiterate submit reach
announce form maintain renew
""")
_VOICING = frozenset({"voice", "express"})
_WHERE = frozenset({"in", "at", "on", "during"})
_OWNING = frozenset({"by", "from", "among", "of"})


def noun_draft(page: Page, token: Token) -> Draft | None:
    """Return "the claim that ...", with the owner, "by X" or the verb's subject as source."""
    entry = CUES.nouns.get(token.lemma_.lower())
    if entry is None or (page.doc[token.i - 1].lower_ == "in" and token.lower_ == "order"):
        return None
    if token.dep_ == "pobj" and token.head.lower_ in _WHERE and is_cue_verb(token.head.head):
        return None  # "said in a statement that"
    clauses = [c for c in kids(token, "acl", "relcl", "ccomp") if c.i > token.i and _says(c)]
    clauses = clauses or _equated(token)
    if not clauses:
        return _phrase_draft(page, token, entry)
    content = complement(page, token, clauses[0], page.sentence(token)[1])
    person, sources = _speaker(page, token)
    sources = [s for s in sources if content and (s[1] <= token.i or s[1] <= content[0])]
    to = clauses[0].tag_ == "VB" and clauses[0].dep_ == "acl"
    if content is None or (to and not sources):
        return None
    return _draft(token, entry, person, sources, content, 0.65 if sources else 0.5)


def _phrase_draft(page: Page, token: Token, entry: Cue) -> Draft | None:
    """Return "their criticism of the plan"; without an owner nobody says whose words they are."""
    tails = [p for p in kids(token, "prep") if p.i > token.i and p.lower_ in entry.prepositions]
    if token.head.lemma_ in _VOICING:
        return None  # the verb is the cue: "voiced support for"
    person, sources = _speaker(page, token, but=tails[0] if tails else None)
    if not tails or person is None or not can_speak(person):
        return None
    content = cut(page, extent(tails[0]))
    sources = [s for s in sources if content and (s[1] <= content[0] or s[0] >= content[1])]
    if content is None or not sources:
        return None
    return _draft(token, entry, person, sources, content, 0.5)


def _draft(token: Token, entry: Cue, person: Token | None, sources: list[Range], content: Range,
           score: float) -> Draft:
    cue = (token.i, token.i + 1)
    return Draft("noun", score, cue, entry, sources, [content], cue, head=token, person=person)


def _speaker(page: Page, token: Token, *, but: Token | None = None) -> tuple[
        Token | None, list[Range]]:
    person = _owner(token, but)
    if person is not None:
        return person, source_ranges(page, person, (token.i, token.i + 1))
    person = _light_subject(token)
    return person, source_ranges(page, person, (token.head.i, token.i)) if person else []


def _says(clause: Token) -> bool:
    """A clause with "that" as mere mark, or an infinitive; "that" as subject makes a relative."""
    marks = {m.lower_ for m in kids(clause, "mark")}
    to = any(a.lower_ == "to" for a in kids(clause, "aux"))
    first = clause.left_edge
    object_of = first.lower_ == "that" and first.dep_ not in ("nsubj", "nsubjpass")
    if clause.dep_ == "relcl" and object_of:
        # "a rumour that the mill would shut" is often read as "a rumour that he spread".
        return bool(kids(clause, "nsubj", "nsubjpass")) and clause.lemma_ not in _MADE
    return "that" in marks or (to and clause.dep_ == "acl" and clause.tag_ == "VB")


def _equated(noun: Token) -> list[Token]:
    """Return the clause of "her view is that ..."."""
    if noun.dep_ != "nsubj" or noun.head.lemma_ != "be" or not kids(noun, "poss"):
        return []
    return [c for c in kids(noun.head, "ccomp", "xcomp", "advcl") if c.i > noun.head.i
            and any(m.lower_ == "that" for m in kids(c, "mark"))]


def _owner(noun: Token, but: Token | None) -> Token | None:
    for owner in kids(noun, "poss"):
        return owner
    for prep in kids(noun, "prep"):
        if prep.lower_ in _OWNING and prep != but and (but is None or prep.lower_ != "of"):
            return next(iter(kids(prep, "pobj")), None)
    return None


def _light_subject(noun: Token) -> Token | None:
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_ not in _LIGHT:
        return None
    return subject(verb)
