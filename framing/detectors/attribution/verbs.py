"""Draft relations around cue verbs: one function for each way a verb carries content."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from framing.detectors.attribution.clauses import around, complement, cue_region
from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.lexicon import CUES, Cue
from framing.detectors.attribution.page import Page, Range, joined
from framing.detectors.attribution.trees import (
    agent,
    cue_range,
    extent,
    is_circumstance,
    is_passive,
    kids,
    noun_phrase,
    strip,
    subject,
)
from framing.detectors.words import words

_WEAK = words("""
see read hold feel find hear mean sense judge consider provide require dictate demand rule
question accept order request query
""")
_INFER = words("""suggest indicate show mean demonstrate prove imply illustrate reveal signal
""")
_DUMMY = words("""it there this that these those which
""")


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
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in CUES.phrases_of and fixed_words(token):
        return True
    return token.pos_ in ("VERB", "AUX") and (lemma in CUES.verbs or lemma + "e" in CUES.verbs)


def verb_drafts(page: Page, verb: Token) -> Iterator[Draft]:
    """Yield the relation of one cue verb, by the first way of carrying content that fits."""
    for read in _READERS:
        draft = read(page, verb)
        if draft is not None:
            yield draft
            return


def open_draft(page: Page, verb: Token, frame: str, rule: str, score: float) -> Draft | None:
    """Return a draft with cue, source and region, and no content yet."""
    entry = entry_for(verb, frame)
    if entry is None:
        return None
    cue = cue_range(page, verb, length=len(fixed_words(verb)) or 1)
    draft = Draft(rule, score, cue, entry, head=verb, passive=is_passive(verb))
    draft.person = source_head(page, verb)
    if draft.person is not None:
        draft.sources = source_ranges(page, draft.person, cue)
    near = [s for s in draft.sources if _touches(page, s, cue)]
    draft.region = cue_region(page, verb, [cue, *near], page.sentence(verb)[1])
    draft.speaks = entry_for(verb, "q") is not None
    return draft


def source_head(page: Page, verb: Token) -> Token | None:
    """Return the head of the source: agent of a passive, otherwise the subject that speaks."""
    if is_passive(verb) and verb.tag_ == "VBN":
        return agent(verb)
    found = _speaker_before(page, verb) or subject(verb)
    if found is None:
        found = _inverted(verb)
    if found is None or found.dep_ == "expl" or found.lower_ == "there":
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


def clause(page: Page, verb: Token) -> Draft | None:
    """Content is a clause behind the cue: "Tor said (that) the dam was safe"."""
    behind = [c for c in kids(verb, "ccomp") if c.i > verb.i and _is_clause(verb, c)]
    if not behind:
        return None
    draft = open_draft(page, verb, "c", "clause", 0.9)
    if draft is None or _is_inference(draft, verb):
        return None
    if _is_object_clause(verb, behind[0]):
        return None
    content = complement(page, verb, behind[0], page.sentence(verb)[1])
    if content is None:
        return None
    draft.contents = [content]
    if draft.person is None and not draft.passive:
        draft.score = 0.6
    return draft


def _is_clause(verb: Token, clause: Token) -> bool:
    marks = {m.lower_ for m in kids(clause, "mark")}
    if "that" in marks or "whether" in marks or "if" in marks:
        return True
    has_subject = bool(kids(clause, "nsubj", "nsubjpass", "expl", "csubj"))
    weak = verb.lemma_ in _WEAK
    return (clause.pos_ in ("VERB", "AUX") and has_subject and not weak) or (
        not weak and clause.left_edge.tag_ in ("WRB", "WP", "WDT"))


def _is_object_clause(verb: Token, clause: Token) -> bool:
    """A "clause" without a verb, as in "called it a lie", is read by `verdict`."""
    return clause.pos_ not in ("VERB", "AUX") and entry_for(verb, "s") is not None


def _is_inference(draft: Draft, verb: Token) -> bool:
    """"This suggests that" is the writer's own conclusion."""
    return (verb.lemma_ in _INFER and draft.person is not None
            and draft.person.lower_ in _DUMMY)


def parenthetical(page: Page, verb: Token) -> Draft | None:
    """Content is the sentence around the cue: "The dam, Tor said, was safe", "..., Tor said"."""
    before = [c for c in kids(verb, "ccomp", "parataxis") if c.i < verb.i]
    inside = verb.dep_ in ("parataxis", "ccomp", "advcl", "dep", "conj", "relcl", "acl", "ROOT")
    if not before and not (inside and _is_set_off(page, verb)):
        return None
    draft = open_draft(page, verb, "c", "parenthetical", 0.85)
    if draft is None or verb.tag_ in ("VBG", "VB") or not (draft.sources or draft.passive):
        return None
    start, end = page.sentence(verb)
    if before:
        start = _own_start(page, before[0], start)
    draft.contents = around(page, verb, draft.region, start, end)
    return draft if draft.contents else None


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
    """Take the whole sentence before the cue, unless another cue speaks in it first."""
    left = clause.left_edge.i
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
    if draft is None or not draft.sources or kids(verb, "dobj", "xcomp"):
        return None
    start, end = page.sentence(verb)
    region = (min(marks[0].i, draft.region[0]), max(draft.region[1], extent(verb)[1]))
    if page.doc[region[1] - 1].is_punct:
        region = (region[0], region[1] - 1)
    draft.contents = around(page, verb, region, start, end)
    return draft if draft.contents else None


def infinitive(page: Page, verb: Token) -> Draft | None:
    """Content is an infinitive: "vowed to stay"; after a passive also what it is said of."""
    goals = [x for x in kids(verb, "xcomp") if x.i > verb.i and kids(x, "aux")
             and any(t.lower_ == "to" for t in kids(x, "aux"))]
    if not goals:
        return None
    passive = is_passive(verb)
    draft = open_draft(page, verb, "c" if passive else "i", "infinitive", 0.6)
    if draft is None or _hypothetical(verb):
        return None
    content = complement(page, verb, goals[0], page.sentence(verb)[1])
    topic = [noun_phrase(page, s) for s in kids(verb, "nsubjpass")] if passive else []
    if passive:
        draft.rule, draft.score = "passive_raising", 0.75
    draft.contents = [r for r in [*topic, content] if r]
    return draft if content else None


def _hypothetical(verb: Token) -> bool:
    """"want" under a modal or in a question of the form "if you want to" reports nobody."""
    return any(m.lower_ in ("if", "would", "should") for m in kids(verb, "mark", "aux"))


def directive(page: Page, verb: Token) -> Draft | None:
    """Content is what someone is to do: "urged the council to act", "wants it to stop"."""
    goals = [x for x in kids(verb, "xcomp", "ccomp") if x.i > verb.i
             and any(t.lower_ == "to" for t in kids(x, "aux"))]
    draft = open_draft(page, verb, "d", "directive", 0.65) if goals else None
    if draft is None or draft.passive or _hypothetical(verb):
        return None
    content = complement(page, verb, goals[0], page.sentence(verb)[1])
    told = [o for o in kids(verb, "dobj") if verb.i < o.i < goals[0].i]
    if content and told and verb.lemma_ not in ("tell", "advise", "warn", "ask"):
        content = (min(extent(told[0])[0], content[0]), content[1])
    draft.contents = [content] if content else []
    return draft if draft.contents and draft.sources else None


def verdict(page: Page, verb: Token) -> Draft | None:
    """Content is an object and what it is called: "called it a lie", "described X as Y"."""
    small = [c for c in kids(verb, "oprd", "ccomp", "xcomp", "attr") if c.i > verb.i
             and c.pos_ not in ("VERB", "AUX")]
    as_what = [p for p in kids(verb, "prep") if p.lower_ == "as" and p.i > verb.i]
    objects = [o for o in kids(verb, "dobj") if o.i > verb.i]
    if not small and not (as_what and objects) and not (as_what and is_passive(verb)):
        return None
    draft = open_draft(page, verb, "s", "verdict", 0.7)
    if draft is None or (draft.passive and not draft.sources):
        return None
    a = min(extent(t)[0] for t in [*objects, *small, *as_what])
    b = max(extent(t)[1] for t in [*objects, *small, *as_what])
    content = strip(page, (max(a, verb.i + 1), b))
    topic = [noun_phrase(page, s) for s in kids(verb, "nsubjpass")]
    draft.contents = [r for r in [*topic, content] if r]
    return draft if content and draft.sources else None


def charge(page: Page, verb: Token) -> Draft | None:
    """Content is a target and the charge: "accused the firm of fraud", "blamed X for Y"."""
    entry = entry_for(verb, "f")
    if entry is None:
        return None
    return _with_object(page, verb, "f", "charge", 0.7, entry.prepositions, needs=True)


def opinion(page: Page, verb: Token) -> Draft | None:
    """Content is an object alone: "denounced the plan", "denied the charge"."""
    entry = entry_for(verb, "o")
    if entry is None:
        return None
    return _with_object(page, verb, "o", "object", 0.55, entry.prepositions, needs=False)


def _with_object(
    page: Page, verb: Token, frame: str, rule: str, score: float, preps: frozenset[str],
    *, needs: bool,
) -> Draft | None:
    passive = is_passive(verb)
    objects = kids(verb, "nsubjpass" if passive else "dobj")
    tails = [p for p in kids(verb, "prep") if p.i > verb.i and p.lower_ in preps]
    tails = [p for p in tails if not is_circumstance(p)]
    if not objects or (needs and not tails):
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
    draft.contents = [content] if content else []
    return draft if content else None


_READERS: tuple[Callable[[Page, Token], Draft | None], ...] = (
    as_clause, clause, directive, infinitive, verdict, charge, parenthetical, about, opinion,
)
