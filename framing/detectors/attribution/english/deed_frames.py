"""Draft relations whose content is a deed: "vowed to stay", "urged her to go", "denied knowing"."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.clauses import complement
from framing.detectors.attribution.english.cue_verbs import open_draft
from framing.detectors.attribution.english.speakers import can_speak
from framing.detectors.attribution.english.trees import has_to, is_passive, noun_phrase
from framing.detectors.attribution.page import Page
from framing.detectors.attribution.ranges import extent, kids
from framing.detectors.words import words

_RAISING = words("""
say believe think report know allege claim understand fear estimate rumour rumor suppose consider
assume expect presume hold forecast project predict
""")
_NOBODY = frozenset({"you", "one", "who", "which", "that", "someone", "anyone", "people"})
_ARRANGED = frozenset({"name", "identify", "quote"})
_ORDERED = words("""tell ask urge order advise instruct direct command warn request""")
"""Verbs whose passive is about words even where it names nobody: "was told to leave"."""


def infinitive(page: Page, verb: Token) -> Draft | None:
    """Content is an infinitive: "vowed to stay"; after a passive also what it is said of."""
    goals = [x for x in kids(verb, "xcomp") if x.i > verb.i and has_to(x)]
    passive = is_passive(verb)
    if not goals or (passive and verb.lemma_ not in _RAISING):
        return None
    if goals[0].lemma_ in _ARRANGED:
        return None  # "asked not to be named" is the reporter's arrangement.
    draft = open_draft(page, verb, "c" if passive else "i", "infinitive", 0.6)
    if draft is None or _hypothetical(verb) or not (passive or _somebody(draft)):
        return None
    content = complement(page, verb, goals[0], page.sentence(verb)[1])
    topic = [noun_phrase(page, s) for s in kids(verb, "nsubjpass")] if passive else []
    if passive:
        draft.rule, draft.score = "passive_raising", 0.75
    draft.contents = [r for r in [*topic, content] if r]
    return draft if content else None


def _somebody(draft: Draft) -> bool:
    """Tell whether the source is more than "you", "who" or "people"."""
    person = draft.person
    return bool(draft.sources) and person is not None and (
        person.lower_ not in _NOBODY and can_speak(person))


def _hypothetical(verb: Token) -> bool:
    """"want" under a modal or in a question of the form "if you want to" reports nobody."""
    return any(m.lower_ in ("if", "would", "should") for m in kids(verb, "mark", "aux"))


def directive(page: Page, verb: Token) -> Draft | None:
    """Content is what someone is to do: "urged the council to act", "wants it to stop"."""
    goals = [x for x in kids(verb, "xcomp", "ccomp") if x.i > verb.i and has_to(x)]
    if goals and goals[0].lemma_ in _ARRANGED:
        return None
    draft = open_draft(page, verb, "d", "directive", 0.65) if goals else None
    if draft is None or draft.passive or _hypothetical(verb):
        return None
    content = complement(page, verb, goals[0], page.sentence(verb)[1])
    told = [o for o in kids(verb, "dobj") if verb.i < o.i < goals[0].i]
    if content and told and verb.lemma_ not in ("tell", "advise", "warn", "ask"):
        content = (min(extent(told[0])[0], content[0]), content[1])
    draft.contents = [content] if content else []
    return draft if draft.contents and _somebody(draft) else None


def ordered(page: Page, verb: Token) -> Draft | None:
    """Content is what somebody was told to do: "was told to leave", "were urged to stay inside"."""
    goals = [x for x in kids(verb, "xcomp", "ccomp", "advcl") if x.i > verb.i and has_to(x)]
    if not goals or not is_passive(verb) or goals[0].lemma_ in _ARRANGED:
        return None
    draft = open_draft(page, verb, "d", "directive", 0.5)
    if draft is None or not (draft.sources or verb.lemma_ in _ORDERED):
        return None
    content = complement(page, verb, goals[0], page.sentence(verb)[1])
    draft.contents = [content] if content else []
    return draft if content else None


def doing(page: Page, verb: Token) -> Draft | None:
    """Content is a deed named by its -ing form: "denied knowing about the payments"."""
    deeds = [x for x in kids(verb, "xcomp", "ccomp") if x.tag_ == "VBG" and x.i > verb.i]
    draft = open_draft(page, verb, "g", "gerund", 0.7) if deeds else None
    if draft is None or not draft.sources or not _somebody(draft) or verb.dep_ == "pcomp" or (
            verb.tag_ == "VB" and has_to(verb) and verb.head.pos_ == "NOUN"):
        return None
    content = complement(page, verb, deeds[0], page.sentence(verb)[1])
    draft.contents = [content] if content else []
    return draft if content else None
