"""Draft relations whose cue is an adjective: "is confident that", "is critical of"."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.clauses import complement, cut
from framing.detectors.attribution.english.cue_verbs import source_ranges
from framing.detectors.attribution.english.lexicon import CUES
from framing.detectors.attribution.english.speakers import can_speak
from framing.detectors.attribution.english.trees import cue_range, subject
from framing.detectors.attribution.lexicon import Cue
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import extent, kids
from framing.detectors.words import words

_LINKING = words("""be feel remain become sound seem appear make grow
""")
_NOBODY = frozenset({"it", "there", "this", "that", "what"})


def adjective_draft(page: Page, token: Token) -> Draft | None:
    """Return "is confident that ...", "is willing to ..." and "is critical of ..."."""
    entry = CUES.adjectives.get(token.lower_)
    verb = _linking(token) if entry is not None else None
    person = subject(verb) if verb is not None else None
    if entry is None or verb is None or person is None or (
            person.lower_ in _NOBODY or not can_speak(person)):
        return None
    cue, content = (cue_range(page, verb)[0], token.i + 1), _clause(page, token, verb, entry)
    if content is None:
        cue, content = _phrase(page, token, cue, entry)
    sources = source_ranges(page, person, cue)
    if content is None or not sources:
        return None
    return Draft("adjective", 0.65, cue, entry, sources, [content], cue, head=token, person=person)


def _linking(token: Token) -> Token | None:
    """Return the verb that says it of the source; a participle is often read as a passive."""
    if any(child.dep_ == "auxpass" for child in token.children):
        return token
    told = token.dep_ in ("acomp", "ccomp", "ROOT") and token.head.lemma_ in _LINKING
    return token.head if told else None


def _clause(page: Page, token: Token, verb: Token, entry: Cue) -> Range | None:
    for clause in [*kids(token, "ccomp", "xcomp"), *kids(verb, "ccomp", "advcl")]:
        if clause.i > token.i and _is_content(clause, entry.attitude):
            return complement(page, token, clause, page.sentence(token)[1])
    return None


def _is_content(clause: Token, attitude: str) -> bool:
    marks = {m.lower_ for m in kids(clause, "mark")}
    if attitude == "intention":
        return any(a.lower_ == "to" for a in kids(clause, "aux"))
    return bool(marks & {"that", "whether", "if"}) or (
        not marks and bool(kids(clause, "nsubj", "expl", "nsubjpass")) and clause.dep_ == "ccomp")


def _phrase(page: Page, token: Token, cue: Range, entry: Cue) -> tuple[Range, Range | None]:
    """Return cue and content of "is critical of the plan"; the preposition goes to the cue."""
    for prep in kids(token, "prep"):
        if prep.i == token.i + 1 and prep.lower_ in entry.prepositions:
            a, b = extent(prep)
            return (cue[0], a + 1), cut(page, (a + 1, b))
    return cue, None
