"""Draft relations whose content is less than a clause: objects, verdicts, charges, phrases."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.cue_verbs import entry_for, open_draft
from framing.detectors.attribution.english.lexicon import SOURCES
from framing.detectors.attribution.english.speakers import CARRIED, can_speak, is_carrier
from framing.detectors.attribution.english.trees import (
    CHAINS,
    agent,
    has_to,
    is_circumstance,
    is_passive,
    noun_phrase,
    passive_topic,
    relative_object,
)
from framing.detectors.attribution.lexicon import Cue
from framing.detectors.attribution.page import Page, Range, joined
from framing.detectors.attribution.ranges import extent, kids, strip
from framing.detectors.words import words

_HELD = words("responsible accountable liable answerable guilty")
_VOICING = frozenset({"voice", "express"})
_STANDS = words("""
support opposition solidarity concern doubt hope regret fear anger outrage sympathy confidence
satisfaction disappointment frustration scepticism skepticism criticism alarm dismay gratitude
condolence objection reservation disagreement disapproval approval appreciation sorrow misgiving
dissatisfaction displeasure unease worry
""")
_ONLY_AS = words("""see perceive present judge tar pitch""")
_JUDGED = words("""describe regard view see consider deem characterise characterize portray depict
perceive present
""")
"""Verbs whose passive hands a verdict to nobody: "is regarded as a failure"."""
_BLAMED = words("""
accuse blame suspect fault credit criticise criticize condemn denounce praise ridicule mock
hail
""")
_OF_OBJECT = frozenset({"of", "to", "for", "against", "between", "from", "about", "over", "into"})
_SET_OUT = words("""announce propose outline unveil plan recommend demand urge promise""")
_ACTS = words("protest support defend back oppose reject challenge question favour favor endorse")
_OWN_WORDS = words("""
predict forecast estimate expect want plan report suggest mention support back
""")
"""Verbs whose passive is mostly about a calculation or an event, not about words."""
_NEEDS_CONTENT = words("""
claim expect want report plan declare order suggest explain mention estimate anticipate question
challenge back concede
""")
_NO_CONTENT = words("""
life victim title prize trophy baby child call way food drink meal beer pizza copy book point seat
benefit penalty goal corner
""")
_ADDRESSED = frozenset({"ask", "warn"})
"""Verbs of "warned them against going" without being ones of "told them that"."""
_NEAR_AGENT = 40
_DUMMY = words("""it there this that these those which
""")


def verdict(page: Page, verb: Token) -> Draft | None:
    """Content is an object and what it is called: "called it a lie", "described X as Y"."""
    small = [c for c in kids(verb, "oprd", "ccomp", "xcomp", "attr") if c.i > verb.i
             and (c.dep_ == "oprd" or c.pos_ not in ("VERB", "AUX"))]
    as_what = [p for p in kids(verb, "prep") if p.lower_ == "as" and p.i > verb.i]
    if verb.lemma_ in _ONLY_AS:
        small = []
    relative = relative_object(verb)
    objects = [o for o in kids(verb, "dobj") if o.i > verb.i] + relative
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
    if draft is None or not _stands(draft, verb, _JUDGED):
        return None
    behind = [t for t in [*objects, *small, *as_what] if t.i > verb.i]
    by = next((s[0] - 1 for s in draft.sources if draft.passive and s[0] > verb.i + 1), None)
    stop = max((extent(t)[1] for t in behind), default=0)
    content = strip(page, (max(min(extent(t)[0] for t in behind), verb.i + 1),
                           by if by and by < stop else stop)) if behind else None
    topic = [noun_phrase(page, s) for s in passive_topic(verb)]
    topic += [(t.i, t.i + 1) for t in relative]
    draft.contents = [r for r in [*topic, content] if r]
    return draft if content else None


def _stands(draft: Draft, verb: Token, agentless: frozenset[str]) -> bool:
    """Tell whether somebody can be behind the words; some passives name nobody and still count."""
    if draft.sources:
        return draft.person is not None and (
            is_carrier(draft.person) if verb.lemma_ in CARRIED else can_speak(draft.person))
    if not draft.passive or verb.lemma_ not in agentless:
        return False
    draft.score = 0.5
    return True


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
    own = is_passive(verb) and verb.lemma_ in _OWN_WORDS
    if own or _is_act(verb, entry) or _is_count(verb) or _is_sight(verb):
        return None
    return _with_object(page, verb, "o", "object", 0.55, entry.prepositions, needs=False)


def _is_act(verb: Token, entry: Cue) -> bool:
    """"tried to defend", "forced to support": an attempt or a purpose is no stand yet."""
    mild = entry.attitude != "feeling_about" or verb.lemma_ in _ACTS
    leads = verb.head.lemma_ in CHAINS - {"use"} or entry_for(verb.head, "i") is not None
    return (mild and verb.tag_ == "VB" and has_to(verb) and not leads
            and verb.dep_ in ("xcomp", "advcl", "acl", "relcl", "ccomp"))


def _is_sight(verb: Token) -> bool:
    """"has shown courage": only papers show something by saying it."""
    shown = [s for s in kids(verb, "nsubj") if s.lemma_.lower() not in SOURCES["document"]]
    return verb.lemma_ in ("show", "document", "detail") and bool(shown)


def _is_count(verb: Token) -> bool:
    """"claimed nine lives", "expects a baby": whom or how many is no content of these."""
    objects = kids(verb, "dobj")
    named = any(o.pos_ in ("PRON", "PROPN", "NUM") or o.lemma_ in SOURCES["person"] | _NO_CONTENT
                for o in objects)
    return named and verb.lemma_ in _NEEDS_CONTENT


def _voices(verb: Token) -> bool:
    """Tell whether the object of "expressed" is a stand; one with a clause is a cue itself."""
    return any(o.lemma_.lower() in _STANDS and not kids(o, "acl", "relcl", "ccomp")
               for o in kids(verb, "dobj", "nsubjpass"))


def _with_object(
    page: Page, verb: Token, frame: str, rule: str, score: float, preps: frozenset[str],
    *, needs: bool,
) -> Draft | None:
    passive = is_passive(verb)
    objects = passive_topic(verb) if passive else kids(verb, "dobj")
    hosts = [*objects, *(c for o in objects for c in kids(o, "conj"))]
    late = _behind_agent(verb, preps) if passive and needs else []
    tails = [*_tails(verb, hosts if needs else [], preps), *late]
    if not objects or (needs and not tails) or objects[0].lower_ in _DUMMY:
        return None
    draft = open_draft(page, verb, frame, rule, score)
    agentless = _BLAMED if tails else frozenset[str]()
    if draft is None or not _stands(draft, verb, agentless):
        return None
    found = [noun_phrase(page, objects[0]) if passive else strip(page, extent(objects[0]))]
    draft.sources = [_without(page, s, late) for s in draft.sources]
    found += [strip(page, extent(p)) for p in [*tails, *_rest(verb, objects[0], passive=passive)]]
    draft.contents = joined(r for r in found if r)
    return draft if draft.contents else None


def _behind_agent(verb: Token, preps: frozenset[str]) -> list[Token]:
    """Return "of fraud" of "accused by the House of Elders of fraud"."""
    by = agent(verb)
    near = islice(by.subtree, _NEAR_AGENT) if by else ()
    hung = [t for t in near if t.dep_ == "prep" and t.lower_ in preps]
    return [t for t in hung if kids(t, "pcomp")][:1] or hung[1:2]


def _without(page: Page, source: Range, tails: list[Token]) -> Range:
    """Take "of hiding money" from "by rivals of hiding money"."""
    ends = [t.left_edge.i for t in tails if source[0] < t.left_edge.i < source[1]]
    return strip(page, (source[0], min(ends, default=source[1]))) or source


def _tails(verb: Token, objects: list[Token], preps: frozenset[str]) -> list[Token]:
    """Return the phrases that say for what: of the verb, of its objects, or behind "in part"."""
    near = [p for t in [verb, *objects] for p in kids(t, "prep")]
    near += [c for p in near for c in kids(p, "conj") if c.pos_ == "ADP"]
    return [p for p in near if p.i > verb.i and p.lower_ in preps and not is_circumstance(p)]


def _rest(verb: Token, target: Token, *, passive: bool) -> list[Token]:
    """Return what follows an object and belongs to it although the parse hung it on the verb."""
    end, found = target.right_edge.i + 1, []
    if passive:
        return []
    for child in sorted(verb.children, key=lambda c: c.i):
        goal = child.dep_ in ("advcl", "xcomp") and child.tag_ == "VB" and has_to(child)
        phrase = child.dep_ == "prep" and child.lower_ in _OF_OBJECT and not is_circumstance(child)
        if child.left_edge.i == end and (phrase or (goal and verb.lemma_ in _SET_OUT)):
            found.append(child)
            end = child.right_edge.i + 1
    return found


def about(page: Page, verb: Token) -> Draft | None:
    """Content is a prepositional phrase: "called for calm", "complained about the noise"."""
    entry = entry_for(verb, "p")
    if entry is None:
        return None
    tails = [p for p in [*kids(verb, "prep"), *_for_whom_to(verb)]
             if p.i > verb.i and p.lower_ in entry.prepositions and not is_circumstance(p)]
    if kids(verb, "acomp", "oprd"):
        return None  # "pleaded guilty for"
    if any(o.i < tails[0].i for o in kids(verb, "dobj") if tails and o.i > verb.i):
        tails = tails if entry_for(verb, "a") or verb.lemma_ in _ADDRESSED else []
    draft = open_draft(page, verb, "p", "preposition", 0.6) if tails else None
    if draft is None or not draft.sources or draft.passive:
        return None
    a, b = extent(tails[0] if tails[0].dep_ == "prep" else tails[0].head)
    content = strip(page, (a + 1, max(b, _goal_end(verb, b))))
    if not can_speak(draft.person or verb):
        return None
    if draft.cue and draft.cue[1] == a:
        draft.cue = (draft.cue[0], a + 1)
    draft.contents = [content] if content else []
    return draft if content else None


def _for_whom_to(verb: Token) -> list[Token]:
    """Return the "for" of "called for him to resign", which the parse takes for a conjunction."""
    return [m for c in kids(verb, "advcl", "ccomp", "xcomp") for m in kids(c, "mark")
            if m.lower_ == "for" and m.i == c.left_edge.i and has_to(c)]


def _goal_end(verb: Token, end: int) -> int:
    """Return where "called on the rebels to disperse" ends."""
    return next((c.right_edge.i + 1 for c in kids(verb, "xcomp", "advcl", "ccomp")
                 if c.left_edge.i == end and has_to(c)), end)
