"""Draft relations whose content is a clause, behind its cue or around it."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.clauses import around, complement, cue_region, cut
from framing.detectors.attribution.english.cue_verbs import (
    entry_for,
    fixed_words,
    is_cue_verb,
    open_draft,
    source_head,
    source_ranges,
)
from framing.detectors.attribution.english.lexicon import CUES
from framing.detectors.attribution.english.speakers import CARRIED, can_speak, is_carrier
from framing.detectors.attribution.english.trees import (
    cue_range,
    has_to,
)
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import extent, kids
from framing.detectors.words import words

_WEAK = words("""
see read hold feel find hear mean sense judge consider provide require dictate demand rule
question accept order request query
""")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_FAR_THAT = 12
_FAR_COMMA = 60


def clause(page: Page, verb: Token) -> Draft | None:
    """Content is a clause behind the cue: "Tor said (that) the dam was safe"."""
    behind = [c for c in kids(verb, "ccomp") if c.i > verb.i and _is_clause(verb, c)]
    behind = behind or [c for c in kids(verb, "advcl", "xcomp") if _is_question(verb, c)]
    if not behind:
        return None
    draft = open_draft(page, verb, "c", "clause", 0.9)
    if draft is None or is_inference(draft, verb):
        return None
    if _is_object_clause(verb, behind[0]):
        return None
    end = page.sentence(verb)[1]
    content = complement(page, verb, behind[0], end)
    if content and has_to(behind[0]) and kids(behind[0], "nsubj"):
        # "say a law to help them is needed": the clause has lost its verb.
        content = cut(page, (content[0], page.clause_end(content[1], _comma(page, content, end))))
    if content is None or _is_purpose(draft, verb):
        return None
    draft.contents = [content]
    return draft if draft.sources or draft.passive else None


def _comma(page: Page, content: Range, end: int) -> int:
    last = min(end, content[1] + _FAR_COMMA)
    return next((i for i in range(content[1], last) if page.doc[i].text == ","), last)


def _is_purpose(draft: Draft, verb: Token) -> bool:
    """"The case was sent back to determine whether": what cannot speak serves a purpose."""
    person = draft.person
    return verb.tag_ in ("VB", "VBG") and person is not None and not kids(verb, "nsubj") and (
        not can_speak(person) or (person.lemma_ in CUES.nouns and not is_carrier(person)))


def _is_clause(verb: Token, clause: Token) -> bool:
    if {m.lower_ for m in kids(clause, "mark")} & {"that", "whether", "if"}:
        return True
    if verb.lemma_ in _WEAK:
        return False
    # The small model takes verbs for nouns: "say the tax hits tenants".
    verbal = clause.pos_ in ("VERB", "AUX") or entry_for(verb, "s") is None
    has_subject = bool(kids(clause, "nsubj", "nsubjpass", "expl", "csubj"))
    # "which critics say can hurt" has its subject before the cue.
    has_subject = has_subject or (verb.dep_ == "relcl" and is_finite(clause))
    return (verbal and has_subject) or clause.left_edge.tag_ in ("WRB", "WP", "WDT")


def _is_question(verb: Token, clause: Token) -> bool:
    """"remembers when", "explained how to", "considers whether to" right behind the verb."""
    first = clause.left_edge
    return first.i == verb.i + 1 and (first.tag_ in ("WRB", "WP") or first.lower_ == "whether")


def is_finite(verb: Token) -> bool:
    return verb.tag_ in _FINITE or any(a.tag_ in _FINITE for a in kids(verb, "aux", "auxpass"))


def that_clause(page: Page, verb: Token) -> Draft | None:
    """Content follows "that" although the parse hung it elsewhere: "said in a letter that"."""
    end = page.sentence(verb)[1]
    for index in range(verb.i + 1, min(verb.i + _FAR_THAT, end)):
        token = page.doc[index]
        if token.lower_ == "that" and token.tag_ in ("IN", "WDT"):
            if _carries(page.doc[index - 1], verb):
                return None
            return _behind_that(page, verb, index, end)
        stops = token.tag_ in _FINITE or token.text in (";", ":") or page.quoted(index)
        if stops or is_cue_verb(token):
            return None
    return None


def _carries(noun: Token, verb: Token) -> bool:
    """Tell whether "that" belongs to a noun: "settle charges that", not "said in a letter that"."""
    aside = noun.head.dep_ == "prep" and noun.head.head == verb
    return noun.lemma_.lower() in CUES.nouns and noun.i > verb.i and not aside


def _behind_that(page: Page, verb: Token, that: int, end: int) -> Draft | None:
    behind = page.doc[that + 1 : min(that + 25, end)]
    finite = next((t for t in behind if t.tag_ in _FINITE), None)
    if finite is None or finite.i == that + 1:
        return None  # "that" is a subject: a relative clause.
    draft = open_draft(page, verb, "c", "that_clause", 0.8)
    content = cut(page, (that + 1, end))
    if draft is None or content is None or not (draft.sources or draft.passive):
        return None
    draft.contents = [content]
    return None if is_inference(draft, verb) else draft


def _is_object_clause(verb: Token, clause: Token) -> bool:
    """A "clause" without a verb, as in "called it a lie", is read by `verdict`."""
    return clause.pos_ not in ("VERB", "AUX") and entry_for(verb, "s") is not None


def is_inference(draft: Draft, verb: Token) -> bool:
    """"This suggests that", "the delay shows that" are the writer's own conclusions."""
    return (verb.lemma_ in CARRIED and draft.person is not None
            and not is_carrier(draft.person))


def parenthetical(page: Page, verb: Token) -> Draft | None:
    """Content is the sentence around the cue: "The dam, Tor said, was safe", "..., Tor said"."""
    before = [c for c in kids(verb, "ccomp", "parataxis") if c.i < verb.i]
    inside = verb.dep_ in ("parataxis", "ccomp", "advcl", "dep", "conj", "relcl", "acl", "ROOT")
    if not before and not (inside and _is_set_off(page, verb)):
        return None
    draft = open_draft(page, verb, "c", "parenthetical", 0.85)
    reduced = (verb.tag_, verb.dep_) == ("VBN", "acl")  # "a street long known for"
    if draft is None or verb.tag_ in ("VBG", "VB") or reduced or not (
            draft.sources or draft.passive):
        return None
    addressed = entry_for(verb, "a") is not None
    if not addressed and any(o.i > verb.i and o.i not in _heads(draft)
                             for o in kids(verb, "dobj", "ccomp")):
        return None
    start, end = page.sentence(verb)
    start = page.clause_start(draft.region[0], start)
    if before:
        start = max(_own_start(page, before[0], start), min(start, before[0].left_edge.i))
    draft.contents = around(page, verb, draft.region, start, end)
    return draft if _holds_clause(page, draft) else None


def _heads(draft: Draft) -> set[int]:
    """Return the tokens of the sources: an inverted subject may look like an object."""
    return {i for r in draft.sources for i in range(*r)}


def _holds_clause(page: Page, draft: Draft) -> bool:
    """"At the ceremony, Tor announced ..." has no clause before its cue."""
    return any(page.doc[i].tag_ in _FINITE or page.quoted(i)
               for r in draft.contents for i in range(*r))


def _is_set_off(page: Page, verb: Token) -> bool:
    """Tell whether cue and subject stand between commas, or between a comma and the end."""
    cue = cue_range(page, verb)
    person = source_head(page, verb)
    if person is None:
        return False
    ranges = [cue, *source_ranges(page, person, cue)]
    a, b = cue_region(page, verb, ranges, page.sentence(verb)[1])
    start, end = page.sentence(verb)
    if a <= start or b - a > 25 or not _is_comma(page, a - 1):
        return False
    return b >= end or _is_comma(page, b) or page.doc[b].text in (".", "!", "?", ";", ":")


def _is_comma(page: Page, index: int) -> bool:
    return page.doc[index].text in (",", "—", "–", "-", "--")


def _own_start(page: Page, clause: Token, start: int) -> int:
    """Take the whole sentence before the cue, unless another clause with a cue comes first."""
    left = clause.left_edge.i
    if left and page.doc[left - 1].text not in (",", ";") and page.doc[left - 1].dep_ != "cc":
        return start  # "Most voters think he will lose, a survey found"
    for index in range(start, left):
        if is_cue_verb(page.doc[index]) and not page.quoted(index):
            return left
    return start


def as_clause(page: Page, verb: Token) -> Draft | None:
    """Content is the main clause beside "as Tor put it"."""
    marks = [m for m in verb.children if m.lower_ == "as" and m.i < verb.i]
    if verb.dep_ not in ("advcl", "prep", "ROOT") or not marks or kids(verb, "ccomp"):
        return None
    draft = open_draft(page, verb, "c", "as_clause", 0.7)
    objects = kids(verb, "xcomp") if entry_for(verb, "a") else kids(verb, "dobj", "xcomp")
    if draft is None or not draft.sources or (objects and not fixed_words(verb)):
        return None
    start, end = page.sentence(verb)
    region = (min(marks[0].i, draft.region[0]), max(draft.region[1], extent(verb)[1]))
    if page.doc[region[1] - 1].is_punct:
        region = (region[0], region[1] - 1)
    draft.contents = around(page, verb, region, start, end)
    return draft if draft.contents else None
