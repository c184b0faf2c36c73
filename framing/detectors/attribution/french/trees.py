"""Read subjects, phrases and cues off a French parse (labels of Universal Dependencies)."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.french.lexicon import CUES, FORMS, SURE
from framing.detectors.attribution.lexicon import Cue
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import extent, kids, strip
from framing.detectors.words import words

SUBJECTS = ("nsubj", "nsubj:pass")
CLITICS = frozenset({"-il", "-elle", "-ils", "-elles", "-on", "-je", "-nous"})
_HINGE = frozenset({"-t", "t-", "-t-"})
_OBJECTS = words("l' le la les lui leur s' se m' me nous vous en y")
_HAVE = words("a ont avait avaient aura auront aurait auraient ayant avoir est sont était étaient")
TIMES = words("""
lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui matin soir midi nuit ensuite
encore alors toutefois également aussi ainsi enfin d'abord depuis déjà même notamment aussitôt
""")
_PHRASE = ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "X")
_OF = frozenset({"de", "d'", "du", "des", "à", "au", "aux", "en", "pour", "et"})
_ENDS = frozenset({",", ".", "!", "?", "…", ";", ":", "»", "«", "”", "“", '"', "(", ")", "—", "–"})
_LONGEST = 14
_MAX_CLIMB = 6


def plain(token: Token) -> str:
    """Return the word in small letters with a straight apostrophe."""
    return token.lower_.replace("’", "'")


def infinitive_of(token: Token) -> str:
    return FORMS.get(plain(token), "")


def entry_for(token: Token, frame: str) -> Cue | None:
    return CUES.verb(infinitive_of(token), frame)


def is_cue_verb(token: Token) -> bool:
    """Tell whether a word is a form of a cue verb and used as a verb, whatever its tag."""
    if not infinitive_of(token):
        return False
    return (token.pos_ in ("VERB", "AUX") or has_auxiliary(token) or _clitic_behind(token)
            or _is_sure(token))


def _is_sure(token: Token) -> bool:
    """Tell whether a form can be nothing but a verb here, although it was tagged as a noun."""
    before = token.doc[token.i - 1].pos_ if token.i else ""
    return plain(token) in SURE and before not in ("DET", "ADP", "ADJ")


def has_auxiliary(token: Token) -> bool:
    """Tell whether "a", "ont", "s'est" stand before a participle, with a word or two between."""
    for index in range(token.i - 1, max(-1, token.i - 5), -1):
        before = token.doc[index]
        if plain(before) in _HAVE:
            return True
        if not (before.pos_ in ("ADV", "PRON") or before.text in CLITICS | _HINGE):
            return False
    return False


def _clitic_behind(token: Token) -> bool:
    behind = [t.text for t in token.doc[token.i + 1 : token.i + 3]]
    tied = bool(behind) and behind[0] in CLITICS
    return tied or (len(behind) == 2 and behind[0] in _HINGE and behind[1] in CLITICS)


def is_finite(token: Token) -> bool:
    """Tell whether a verb makes a statement: a finite form, or a participle with its auxiliary."""
    if "Part" in token.morph.get("VerbForm", []) or not token.morph.get("VerbForm", []):
        return has_auxiliary(token) or _clitic_behind(token) or _is_sure(token)
    return "Fin" in token.morph.get("VerbForm", [])


def is_gerund(token: Token) -> bool:
    return token.lower_.endswith("ant") and token.pos_ in ("VERB", "ADJ", "NOUN")


def group(page: Page, verb: Token) -> Range:
    """Return the verb with what is bound to it: "a-t-il déjà", "n'a pas", "s'est"."""
    a, b = verb.i, verb.i + 1
    while a > 0 and _is_bound(page.doc[a - 1]) and not page.doc[a - 1].is_punct:
        a -= 1
    while b < len(page.doc) and page.doc[b].text in CLITICS | _HINGE:
        b += 1
    return a, b


def _is_bound(token: Token) -> bool:
    word = plain(token)
    return word in _HAVE | _OBJECTS | {"n'", "ne", "pas", "été"} or token.text in (
        CLITICS | _HINGE) or (token.pos_ == "ADV" and token.dep_ == "advmod" and word != "comme")


def clitic(page: Page, bound: Range) -> Token | None:
    """Return the subject that is tied to an inverted verb: "a-t-il", "dit-elle"."""
    return next((t for t in page.doc[bound[0] : bound[1]] if t.text in CLITICS), None)


def subject(verb: Token) -> Token | None:
    """Return the verb's own subject, "qui" as it is, or that of the verb it hangs from."""
    current = verb
    for _ in range(_MAX_CLIMB):
        own = [s for s in kids(current, *SUBJECTS) if s.text not in ("qu'", "que")]
        if own:
            return own[-1]
        if current.dep_ == "acl:relcl" or current.head.i == current.i:
            return None
        if current.dep_ in ("acl", "obl:mod", "nmod") and current.head.pos_ in ("NOUN", "PROPN"):
            return current.head
        if current.dep_ not in ("conj", "advcl", "xcomp", "ccomp", "parataxis", "acl", "dep"):
            return None
        current = current.head
    return None


def phrase_before(page: Page, head: Token, stop: int) -> Range | None:
    """Return the noun phrase of a subject, cut where the cue begins."""
    a, b = extent(head)
    while b < stop and page.doc[b].pos_ == "PROPN":
        b += 1
    if a < stop:
        b = min(b, stop)
    for child in kids(head, "acl", "acl:relcl", "advcl", "conj"):
        if child.i > head.i and child.pos_ in ("VERB", "AUX"):
            b = min(b, child.left_edge.i)
    first = next((i for i in range(a, head.i) if page.doc[i].text == ","), None)
    return strip(page, (a if first is None else first + 1, b), keep_marks=False)


def phrase_behind(page: Page, start: int, limit: int) -> Range | None:
    """Return the noun phrase that begins here, with "de ..." and an apposition between commas."""
    at = start
    while at < limit and at - start < _LONGEST and _goes_on(page, at, start):
        at += 1
    while at > start and page.doc[at - 1].pos_ in ("ADP", "CCONJ"):
        at -= 1
    if not any(page.doc[i].pos_ in ("NOUN", "PROPN", "PRON") or page.doc[i].text[:1].isupper()
               for i in range(start, at)):
        return None
    return start, with_apposition(page, at, limit)


def _goes_on(page: Page, at: int, start: int) -> bool:
    token, word = page.doc[at], plain(page.doc[at])
    if token.text in _ENDS or word in TIMES or word in ("qui", "que", "qu'", "dont", "où"):
        return False
    if token.pos_ in _PHRASE or word in ("m.", "mme"):
        return not (at > start and token.pos_ == "PRON" and page.doc[at - 1].pos_ == "NOUN")
    return (word in _OF and at > start) or token.text[:1].isupper() or token.text == "-"


def with_apposition(page: Page, at: int, limit: int) -> int:
    """Return where ", directrice du site," ends; it needs an end mark and no finite verb."""
    if at + 1 >= limit or page.doc[at].text != "," or page.doc[at + 1].pos_ not in (
            "NOUN", "DET", "ADJ", "PROPN"):
        return at
    stop, furthest = at + 1, min(limit, at + _LONGEST)
    while stop < furthest and page.doc[stop].text not in _ENDS:
        if page.doc[stop].pos_ in ("VERB", "AUX") or plain(page.doc[stop]) in TIMES:
            return at
        stop += 1
    ended = stop >= limit or page.doc[stop].text in (",", ".", "!", "?", ";", "»", '"', "”")
    return stop if ended else at


def loose_behind(page: Page, at: int, limit: int) -> int:
    """Return where what circles a cue ends, such as "mardi devant la presse": at the next mark."""
    stop, furthest = at, min(limit, at + _LONGEST)
    while stop < furthest and page.doc[stop].text not in _ENDS and not page.doc[stop].is_space:
        if is_finite(page.doc[stop]) and page.doc[stop].pos_ in ("VERB", "AUX"):
            return at
        stop += 1
    whole = stop >= limit or page.doc[stop].text in _ENDS or page.doc[stop].is_space
    return stop if whole else at
