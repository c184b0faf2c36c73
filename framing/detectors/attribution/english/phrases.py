"""Draft relations around cues that are not verbs of speech: nouns, adjectives, openers, colons."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.clauses import around, complement
from framing.detectors.attribution.english.cue_verbs import is_cue_verb, source_ranges
from framing.detectors.attribution.english.lexicon import CUES
from framing.detectors.attribution.english.trees import cue_range, noun_phrase, subject
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import extent, kids, strip
from framing.detectors.words import words

_MADE = words("""
make give issue hear write publish post send file receive get face level reject repeat take draw
want
""")
_LIGHT = words("""make issue give express voice repeat reject deny dismiss release have hold share
""")
_VIEWED = frozenset({"in", "by", "from", "to"})
_NOMINAL = ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM")
_MAX_SPEAKER = 10
_FIRST = frozenset({":", *CUES.openers_of, *CUES.views, *CUES.adjectives, *CUES.adverbs})
"""Words that may begin a relation; nouns go by their lemma."""


def opener_draft(page: Page, token: Token) -> Draft | None:
    """Return "according to X", whose content is the clause it stands in."""
    for fixed, entry in CUES.openers_of.get(token.lower_, ()):
        end = token.i + len(fixed)
        if end >= len(page.doc) or any(
            page.doc[token.i + k].lower_ != word for k, word in enumerate(fixed)
        ):
            continue
        source = _object_behind(page, token, end)
        if source is None:
            return None
        start, stop = page.sentence(token)
        region = (token.i, _behind_aside(page, source[1], stop))
        start, stop = _coordinate(page, token, region, start, stop)
        contents = around(page, None, region, start, stop)
        if not contents:
            return None
        return Draft("opener", 0.9, (token.i, end), entry, [source], contents, region,
                     head=token, person=_head_of(page, source))
    return None


def _behind_aside(page: Page, end: int, stop: int) -> int:
    """Return where ", quoting the board," ends, which says how the source knows."""
    if end + 1 >= stop or page.doc[end].text != "," or page.doc[end + 1].tag_ != "VBG":
        return end
    behind = page.doc[end + 1].right_edge.i + 1
    return behind if behind < stop and page.doc[behind].text == "," else end


def _object_behind(page: Page, token: Token, end: int) -> Range | None:
    """Return the noun phrase behind an opener; a clause that the parse hung there is cut off."""
    for index in range(token.i, end):
        for child in kids(page.doc[index], "pobj"):
            if child.i >= end:
                found = noun_phrase(page, child)
                return found and strip(page, (end, found[1]), keep_marks=False)
    stop = end
    while stop < len(page.doc) and page.doc[stop].pos_ in _NOMINAL:
        stop += 1
    return strip(page, (end, stop), keep_marks=False) if stop > end else None


def _head_of(page: Page, tokens: Range) -> Token:
    return next((page.doc[i] for i in range(*tokens)
                 if not tokens[0] <= page.doc[i].head.i < tokens[1] or page.doc[i].head.i == i),
                page.doc[tokens[1] - 1])


def _coordinate(page: Page, token: Token, region: Range, start: int, end: int) -> Range:
    """Keep to the opener's own clause where "and" or "but" joins two clauses with subjects."""
    head = token.head
    for index in range(start + 1, end):
        word = page.doc[index]
        if word.dep_ != "cc" or region[0] <= index < region[1] or page.doc[index - 1].text != ",":
            continue
        joined = [c for c in kids(word.head, "conj")
                  if c.i > index and kids(c, "nsubj", "nsubjpass")]
        if not joined or page.quoted(index):
            continue
        if index < region[0] and (head == joined[0] or joined[0].is_ancestor(head)):
            start = index + 1
        elif index >= region[1] and not (head == joined[0] or joined[0].is_ancestor(head)):
            end = index
            break
    return start, end


def view_draft(page: Page, token: Token) -> Draft | None:
    """Return "in her view" and "by his own account", whose content is the clause beside them."""
    entry = CUES.views.get(token.lower_)
    if entry is None or token.dep_ != "pobj" or token.head.lower_ not in _VIEWED:
        return None
    owners = kids(token, "poss")
    if not owners:
        return None
    source = noun_phrase(page, owners[0])
    region = (token.head.i, token.right_edge.i + 1)
    start, end = page.sentence(token)
    contents = around(page, None, region, page.clause_start(region[0], start), end)
    if source is None or not contents:
        return None
    return Draft("view", 0.8, (token.i, token.i + 1), entry, [source], contents, region,
                 head=token, person=owners[0])


def noun_draft(page: Page, token: Token) -> Draft | None:
    """Return "the claim that ...", with the owner, "by X" or the verb's subject as source."""
    entry = CUES.nouns.get(token.lemma_.lower())
    if entry is None:
        return None
    clauses = [c for c in kids(token, "acl", "relcl", "ccomp") if c.i > token.i and _says(c)]
    if not clauses:
        return None
    content = complement(page, token, clauses[0], page.sentence(token)[1])
    to = clauses[0].tag_ == "VB" and clauses[0].dep_ == "acl"
    if content is None or (page.doc[token.i - 1].lower_ == "in" and token.lower_ == "order"):
        return None
    person = _owner(token)
    sources = source_ranges(page, person, (token.i, token.i + 1)) if person else []
    sources = [s for s in sources if s[1] <= token.i or s[1] <= content[0]]
    if person is None:
        person = _light_subject(token)
        sources = source_ranges(page, person, (token.head.i, token.i)) if person else []
    if to and not sources:
        return None
    return Draft("noun", 0.65 if sources else 0.5, (token.i, token.i + 1), entry, sources,
                 [content], (token.i, token.i + 1), head=token, person=person)


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


def _owner(noun: Token) -> Token | None:
    for owner in kids(noun, "poss"):
        return owner
    for prep in kids(noun, "prep"):
        if prep.lower_ in ("by", "from", "among", "of"):
            return next(iter(kids(prep, "pobj")), None)
    return None


def _light_subject(noun: Token) -> Token | None:
    verb = noun.head
    light = noun.dep_ == "dobj" and verb.lemma_ in _LIGHT
    if light and verb.lemma_ in ("reject", "deny", "dismiss", "repeat"):
        return None
    return subject(verb) if light else None


def adjective_draft(page: Page, token: Token) -> Draft | None:
    """Return "is confident that ..."."""
    entry = CUES.adjectives.get(token.lower_)
    verb = token.head
    if entry is None or token.dep_ not in ("acomp", "ccomp", "ROOT") or verb.lemma_ not in (
        "be", "feel", "remain", "become", "sound", "seem", "appear", "make"
    ):
        return None
    clauses = [c for c in [*kids(token, "ccomp", "xcomp"), *kids(verb, "ccomp", "advcl")]
               if c.i > token.i and _adjective_clause(c, entry.attitude)]
    person = subject(verb)
    if not clauses or person is None or person.lower_ in ("it", "there", "this", "that", "what"):
        return None
    content = complement(page, token, clauses[0], page.sentence(token)[1])
    cue = (cue_range(page, verb)[0], token.i + 1)
    sources = source_ranges(page, person, cue)
    if content is None or not sources:
        return None
    return Draft("adjective", 0.65, cue, entry, sources, [content], cue, head=token, person=person)


def _adjective_clause(clause: Token, attitude: str) -> bool:
    marks = {m.lower_ for m in kids(clause, "mark")}
    if attitude == "intention":
        return any(a.lower_ == "to" for a in kids(clause, "aux"))
    return bool(marks & {"that", "whether", "if"}) or (
        not marks and bool(kids(clause, "nsubj", "expl", "nsubjpass")) and clause.dep_ == "ccomp")


def colon_draft(page: Page, token: Token) -> Draft | None:
    """Return 'Ilse Tor: "We knew."', and a headline's "Dam is safe: manager"."""
    if token.text != ":" or page.quoted(token.i):
        return None
    first, last = page.paragraphs[page.paragraph(token.i)]
    # A clause that begins further off is too long for a speaker anyway.
    start = page.clause_start(token.i, max(first, token.i - 2 * _MAX_SPEAKER))
    left = strip(page, (start, token.i), keep_marks=False)
    behind = strip(page, (token.i + 1, last))
    if left is None or behind is None:
        return None
    entry = CUES.verb("say", "q")
    number = page.quote_of(behind[0])
    if entry and number >= 0 and page.quotes[number].speech and _is_speaker(page, left):
        quote = page.quotes[page.quote_of(behind[0])].range
        person = _head_of(page, left)
        return Draft("colon", 0.85, (token.i, token.i + 1), entry, [left], [quote],
                     (left[0], token.i + 1), head=token, person=person,
                     quotes={page.quote_of(behind[0])})
    return None


def _is_speaker(page: Page, tokens: Range) -> bool:
    name = page.doc[tokens[0] : tokens[1]]
    finite = any(is_cue_verb(t) or t.tag_ in ("VBD", "VBZ", "VBP") for t in name)
    if len(name) > _MAX_SPEAKER or finite:
        return False
    return _head_of(page, tokens).pos_ in ("PROPN", "NOUN", "PRON") and name.text[0].isupper()


def adverb_draft(page: Page, token: Token) -> Draft | None:
    """Return "reportedly", which hands its clause to nobody."""
    entry = CUES.adverbs.get(token.lower_)
    if entry is None or token.dep_ != "advmod" or token.head.pos_ not in ("VERB", "AUX"):
        return None
    a, b = extent(token.head)
    contents = [r for r in [strip(page, (a, token.i)), strip(page, (token.i + 1, b))] if r]
    if not contents:
        return None
    return Draft("adverb", 0.5, (token.i, token.i + 1), entry, [], contents,
                 (token.i, token.i + 1), head=token)


def phrase_drafts(page: Page, token: Token) -> Iterator[Draft]:
    """Yield the relation of a cue that is no verb."""
    if token.lower_ not in _FIRST and token.lemma_.lower() not in CUES.nouns:
        return
    readers = (opener_draft, view_draft, noun_draft, adjective_draft, colon_draft, adverb_draft)
    for read in readers:
        draft = read(page, token)
        if draft is not None:
            yield draft
            return
