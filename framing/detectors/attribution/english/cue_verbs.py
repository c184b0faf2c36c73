"""Know cue verbs, and open a relation around one: cue, source and region."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.clauses import cue_region, goes_on
from framing.detectors.attribution.english.lexicon import CUES
from framing.detectors.attribution.english.trees import (
    agent,
    cue_range,
    is_passive,
    noun_phrase,
    subject,
)
from framing.detectors.attribution.lexicon import Cue
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import kids, strip

_FINITE = ("VBD", "VBZ", "VBP")
_APPOSITION = 12


def entry_for(verb: Token, frame: str) -> Cue | None:
    """Return the entry of a verb, also where the lemmatiser drops a final e.

    A verb of fixed words ("point out") has that entry alone.
    """
    fixed = fixed_words(verb)
    if fixed:
        cue = CUES.phrases[fixed]
        return cue if frame in cue.frames else None
    lemma = verb.lemma_.lower()
    return CUES.verb(lemma, frame) or CUES.verb(lemma + "e", frame)


def fixed_words(verb: Token) -> tuple[str, ...]:
    """Return the fixed words that a verb begins, such as "point out", empty when none."""
    for fixed in CUES.phrases_of.get(verb.lemma_.lower(), ()):
        behind = verb.doc[verb.i + 1 : verb.i + len(fixed)]
        if tuple(t.lower_ for t in behind) == fixed[1:]:
            return fixed
    return ()


def is_cue_verb(token: Token) -> bool:
    if _is_asked(token):
        return False
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in CUES.phrases_of and fixed_words(token):
        return True
    verbal = token.pos_ in ("VERB", "AUX") or _is_misread(token)
    return verbal and (lemma in CUES.verbs or lemma + "e" in CUES.verbs)


def _is_misread(token: Token) -> bool:
    """A "noun" that has a subject and a clause is a verb: "the ministry notes, ..."."""
    return (token.tag_ in ("NNS", "NN") and token.dep_ == "ROOT"
            and bool(kids(token, "nsubj")) and bool(kids(token, "ccomp")))


def _is_asked(token: Token) -> bool:
    """"Asked whether he would run, Crane said": the question is nobody's statement."""
    return token.tag_ == "VBN" and token.dep_ == "advcl" and not any(
        c.dep_ in ("aux", "auxpass", "agent", "nsubjpass") for c in token.children)


def _is_told(verb: Token) -> bool:
    """"was brought in and told that": who tells needs somebody to be told, so this one is."""
    return (verb.dep_ == "conj" and is_passive(verb.head) and entry_for(verb, "a") is not None
            and not kids(verb, "dobj", "dative", "nsubj", "aux", "auxpass"))


def open_draft(page: Page, verb: Token, frame: str, rule: str, score: float) -> Draft | None:
    """Return a draft with cue, source and region, and no content yet."""
    entry = entry_for(verb, frame)
    if entry is None:
        return None
    cue = cue_range(page, verb, length=len(fixed_words(verb)) or 1)
    passive = is_passive(verb) or _is_told(verb)
    draft = Draft(rule, score, cue, entry, head=verb, passive=passive)
    draft.person = source_head(page, verb)
    if draft.person is not None:
        draft.sources = source_ranges(page, draft.person, cue)
    near = [s for s in draft.sources if _touches(page, s, cue)]
    draft.region = cue_region(page, verb, [cue, *near], page.sentence(verb)[1])
    draft.speaks = entry_for(verb, "q") is not None
    return draft


def source_head(page: Page, verb: Token) -> Token | None:
    """Return the head of the source: agent of a passive, otherwise the subject that speaks."""
    if (is_passive(verb) and verb.tag_ == "VBN") or _is_told(verb):
        return agent(verb)
    if verb.dep_ == "pcomp" and verb.head.head.pos_ not in ("VERB", "AUX"):
        return None  # "laws against claiming that": nobody does.
    found = _shared_speaker(page, verb) or _speaker_before(page, verb) or subject(verb)
    if found is None:
        tied = next((c for c in kids(verb, "compound") if c.i == verb.i - 1), None)
        found = tied or _inverted(verb) or _noun_before(page, verb)
    if found is None or found.dep_ == "expl" or found.lower_ in ("there", "worth"):
        return None
    return found


def _speaker_before(page: Page, verb: Token) -> Token | None:
    """Return who spoke last in the sentence when the verb adds to it: ", adding that"."""
    left = verb.left_edge.i
    if verb.tag_ != "VBG" or left == 0 or page.doc[left - 1].text != ",":
        return None
    for index in range(left - 1, page.sentence(verb)[0] - 1, -1):
        token = page.doc[index]
        if token.tag_ in ("VBD", "VBZ", "VBP") and is_cue_verb(token) and not page.quoted(index):
            return source_head(page, token)
    return None


def _shared_speaker(page: Page, verb: Token) -> Token | None:
    """Return who speaks in "argued that men complain and proposed that": not the men."""
    return source_head(page, verb.head.head) if goes_on(page, verb) else None


def _noun_before(page: Page, verb: Token) -> Token | None:
    """Return the noun before a finite verb whose subject the parse lost: "Tom Lind, QC, said"."""
    at, first = verb.i - 1, page.sentence(verb)[0]
    while at > first and page.doc[at].pos_ in ("ADV", "AUX"):
        at -= 1
    if verb.tag_ not in _FINITE or at < first:
        return None
    if page.doc[at].text == ",":
        opening = next((i for i in range(at - 1, max(first, at - _APPOSITION), -1)
                        if page.doc[i].text == ","), None)
        if opening is None or any(t.tag_ in _FINITE for t in page.doc[opening:at]):
            return None
        at = opening - 1
    noun = page.doc[at]
    return noun if noun.pos_ in ("PROPN", "NOUN") and not page.quoted(at) else None


def _inverted(verb: Token) -> Token | None:
    """Return the name behind a verb of speech that the parse took for its object."""
    for child in kids(verb, "dobj", "attr", "npadvmod", "oprd", "ccomp", "dep"):
        if child.i > verb.i and child.pos_ in ("PROPN", "PRON", "NOUN") and child.i - verb.i <= 8:
            return child
    return None


def source_ranges(page: Page, person: Token, cue: Range) -> list[Range]:
    """Return the source's phrase; names joined by "and" are a source each."""
    before = cue[0] if person.i < cue[0] else None
    whole = noun_phrase(page, person, before=before)
    if whole is None:
        return []
    if person.dep_ == "nsubj":  # "the student Sanna Veil" may be parsed as two subjects
        beside = [s for s in kids(person.head, "nsubj") if s.right_edge.i + 1 == whole[0]]
        whole = (min((s.left_edge.i for s in beside), default=whole[0]), whole[1])
    joined = [c for c in kids(person, "conj") if c.pos_ == "PROPN" and whole[0] <= c.i < whole[1]]
    if person.pos_ != "PROPN" or not joined:
        return [whole]
    found, start = [], whole[0]
    for other in joined:
        found.append(strip(page, (start, other.left_edge.i), keep_marks=False))
        start = other.left_edge.i
    found.append(strip(page, (start, whole[1]), keep_marks=False))
    return [_without_and(page, r) for r in found if r]


def _without_and(page: Page, tokens: Range) -> Range:
    a, b = tokens
    while b - 1 > a and (page.doc[b - 1].dep_ == "cc" or page.doc[b - 1].is_punct):
        b -= 1
    return a, b


def _touches(page: Page, source: Range, cue: Range) -> bool:
    gap = (source[1], cue[0]) if source[1] <= cue[0] else (cue[1], source[0])
    return gap[1] - gap[0] <= 12 and all(
        not is_cue_verb(page.doc[i]) for i in range(gap[0], gap[1]))
