"""Draft relations whose content is less than a clause: infinitives, objects, phrases."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.clauses import complement
from framing.detectors.attribution.english.cue_verbs import entry_for, open_draft
from framing.detectors.attribution.english.trees import is_circumstance, is_passive, noun_phrase
from framing.detectors.attribution.page import Page, joined
from framing.detectors.attribution.ranges import extent, kids, strip
from framing.detectors.words import words

_RAISING = words("""
say believe think report know allege claim understand fear estimate rumour rumor suppose consider
assume expect presume hold
""")
_NOBODY = frozenset({"you", "one", "who", "which", "that", "someone", "anyone", "people"})
_ARRANGED = frozenset({"name", "identify", "quote"})
_HELD = words("responsible accountable liable answerable guilty")
_VOICING = frozenset({"voice", "express"})
_STANDS = words("""
support opposition solidarity concern doubt hope regret fear anger outrage sympathy confidence
satisfaction disappointment frustration scepticism skepticism criticism alarm dismay gratitude
condolence objection reservation disagreement disapproval approval appreciation sorrow misgiving
dissatisfaction displeasure unease worry
""")
_DUMMY = words("""it there this that these those which
""")


def infinitive(page: Page, verb: Token) -> Draft | None:
    """Content is an infinitive: "vowed to stay"; after a passive also what it is said of."""
    goals = [x for x in kids(verb, "xcomp") if x.i > verb.i and kids(x, "aux")
             and any(t.lower_ == "to" for t in kids(x, "aux"))]
    if not goals:
        return None
    passive = is_passive(verb)
    if passive and verb.lemma_ not in _RAISING:
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
    return bool(draft.sources) and draft.person is not None and draft.person.lower_ not in _NOBODY


def _hypothetical(verb: Token) -> bool:
    """"want" under a modal or in a question of the form "if you want to" reports nobody."""
    return any(m.lower_ in ("if", "would", "should") for m in kids(verb, "mark", "aux"))


def directive(page: Page, verb: Token) -> Draft | None:
    """Content is what someone is to do: "urged the council to act", "wants it to stop"."""
    goals = [x for x in kids(verb, "xcomp", "ccomp") if x.i > verb.i
             and any(t.lower_ == "to" for t in kids(x, "aux"))]
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


def verdict(page: Page, verb: Token) -> Draft | None:
    """Content is an object and what it is called: "called it a lie", "described X as Y"."""
    small = [c for c in kids(verb, "oprd", "ccomp", "xcomp", "attr") if c.i > verb.i
             and c.pos_ not in ("VERB", "AUX")]
    as_what = [p for p in kids(verb, "prep") if p.lower_ == "as" and p.i > verb.i]
    objects = [o for o in kids(verb, "dobj") if o.i > verb.i]
    small += [m for o in objects for m in _marked_verdict(page, o)]
    if verb.lemma_ == "hold":  # "held the owner responsible", not "held the door open"
        inside = [m for o in objects for m in kids(o, "amod") if m.i > o.i]
        small = [t for t in [*small, *inside] if t.lower_ in _HELD]
    passive = is_passive(verb)
    if not (small or as_what) or not (objects or passive or _is_marked(page, small)):
        return None
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        return None  # "a screen called Dawn" names, nobody judges.
    draft = open_draft(page, verb, "s", "verdict", 0.7)
    if draft is None or (draft.passive and not draft.sources):
        return None
    a = min(extent(t)[0] for t in [*objects, *small, *as_what])
    b = max(extent(t)[1] for t in [*objects, *small, *as_what])
    content = strip(page, (max(a, verb.i + 1), b))
    topic = [noun_phrase(page, s) for s in kids(verb, "nsubjpass")]
    draft.contents = [r for r in [*topic, content] if r]
    return draft if content and draft.sources else None


def _marked_verdict(page: Page, target: Token) -> list[Token]:
    """Return marked words behind an object that the parse made its modifiers."""
    return [c for c in kids(target, "amod", "appos", "acl", "advmod") if c.i > target.i
            and page.quoted(c.i) and not page.quoted(target.i)]


def _is_marked(page: Page, small: list[Token]) -> bool:
    """"called it" is naming; what is called so in marks, or in two phrases, is a verdict."""
    return len(small) > 1 or any(page.quoted(c.left_edge.i) or c.dep_ == "ccomp" for c in small)


def charge(page: Page, verb: Token) -> Draft | None:
    """Content is a target and the charge: "accused the firm of fraud", "blamed X for Y"."""
    entry = entry_for(verb, "f")
    if entry is None:
        return None
    return _with_object(page, verb, "f", "charge", 0.7, entry.prepositions, needs=True)


def opinion(page: Page, verb: Token) -> Draft | None:
    """Content is an object alone: "denounced the plan", "denied the charge"."""
    entry = entry_for(verb, "o")
    if entry is None or (verb.lemma_ in _VOICING and not _voices(verb)):
        return None
    return _with_object(page, verb, "o", "object", 0.55, entry.prepositions, needs=False)


def _voices(verb: Token) -> bool:
    """Tell whether the object of "expressed" is a stand; one with a clause is a cue itself."""
    return any(o.lemma_.lower() in _STANDS and not kids(o, "acl", "relcl", "ccomp")
               for o in kids(verb, "dobj", "nsubjpass"))


def _with_object(
    page: Page, verb: Token, frame: str, rule: str, score: float, preps: frozenset[str],
    *, needs: bool,
) -> Draft | None:
    passive = is_passive(verb)
    objects = kids(verb, "nsubjpass" if passive else "dobj")
    hung = [p for o in objects for p in kids(o, "prep")] if needs else []
    tails = [p for p in [*kids(verb, "prep"), *hung] if p.i > verb.i and p.lower_ in preps]
    tails = [p for p in tails if not is_circumstance(p)]
    if not objects or (needs and not tails) or objects[0].lower_ in _DUMMY:
        return None
    draft = open_draft(page, verb, frame, rule, score)
    if draft is None or (not draft.sources and not (passive and needs)):
        return None
    found = [noun_phrase(page, objects[0]) if passive else strip(page, extent(objects[0]))]
    found += [strip(page, extent(p)) for p in tails]
    draft.contents = joined(r for r in found if r)
    return draft if draft.contents else None


def about(page: Page, verb: Token) -> Draft | None:
    """Content is a prepositional phrase: "called for calm", "complained about the noise"."""
    entry = entry_for(verb, "p")
    if entry is None:
        return None
    tails = [p for p in kids(verb, "prep") if p.i > verb.i and p.lower_ in entry.prepositions
             and not is_circumstance(p)]
    draft = open_draft(page, verb, "p", "preposition", 0.6) if tails else None
    if draft is None or not draft.sources or draft.passive:
        return None
    a, b = extent(tails[0])
    content = strip(page, (a + 1, b))
    if draft.cue and draft.cue[1] == a:
        draft.cue = (draft.cue[0], a + 1)
    draft.contents = [content] if content else []
    return draft if content else None


def doing(page: Page, verb: Token) -> Draft | None:
    """Content is a deed named by its -ing form: "denied knowing about the payments"."""
    deeds = [x for x in kids(verb, "xcomp", "ccomp") if x.tag_ == "VBG" and x.i > verb.i]
    draft = open_draft(page, verb, "g", "gerund", 0.7) if deeds else None
    if draft is None or not draft.sources:
        return None
    content = complement(page, verb, deeds[0], page.sentence(verb)[1])
    draft.contents = [content] if content else []
    return draft if content else None
