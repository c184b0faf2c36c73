"""Propose words that load by grammar: scale particles and presupposing constructions.

Sources of the classes: Karttunen 1971 (implicatives: fail, manage, bother), Simons
2001 and Karttunen 2016 on change-of-state verbs (stop, keep, resume).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from framing.detectors.attribution.page import Page
from framing.detectors.attribution.ranges import kids
from framing.detectors.loaded_terms.finding import Finding
from framing.detectors.words import words

_SIZE = words("""
whopping staggering paltry measly meagre meager eye-watering eyewatering colossal jaw-dropping
mind-boggling astronomical exorbitant puny piddling astounding startling monumental mammoth
unimaginable countless
""")
_FEW = frozenset({"only", "just", "barely", "scarcely", "hardly", "fully", "mere", "merely"})
_CHANGE = words("""stop cease quit keep continue persist resume begin start
""")
_BAD_ACTS = words("""
ignore lie hide deny mislead abuse waste harass bully cheat steal silence neglect exploit pander
dither duck dodge stall meddle interfere attack punish suffer turn fail deceive cover stonewall
squander spread smear obstruct undermine betray break flout mismanage
""")
_AMOUNTS = words("sum amount number cost rise profit bill loss fine salary")
_DUTIES = words("""
act address admit acknowledge answer apologise apologize appear condemn consult control curb
deliver disclose enforce ensure explain fix heed honor honour inform investigate keep listen
maintain mention monitor notice notify pay prevent protect provide publish recognise recognize
rein reply report rescue respond reveal safeguard send stop supply tackle tell treat warn
""")
_FINITE = ("VBD", "VBZ", "VBP", "VBN")
_LATE = frozenset({"finally", "belatedly"})


def grammatical(page: Page) -> Iterator[Finding]:
    """Yield scale particles and presupposing expressions."""
    for token in page.doc:
        finding = _scale(page, token) or _presupposing(page, token)
        if finding is not None:
            yield finding


def _scale(page: Page, token: Token) -> Finding | None:
    lower = token.lower_
    if lower in ("mere", "merely"):
        return _sized(token.i, token.i + 1, token.text, 0.8)
    if lower in _SIZE and _quantified(page, token):
        return _sized(token.i, token.i + 1, token.text, 0.7)
    if lower in _FEW and _before_number(page, token.i + 1) and not _is_near(page, token):
        return _sized(token.i, token.i + 1, token.text, 0.55)
    if lower in ("as", "no") and _compares(page, token):
        return _sized(token.i, token.i + 3, page.doc[token.i : token.i + 3].text, 0.6)
    return None


def _is_near(page: Page, token: Token) -> bool:
    """"just over 40" says how near a number is, "just 40" how small it is."""
    return token.lower_ == "just" and page.doc[token.i + 1].lower_ in ("over", "under", "about")


def _compares(page: Page, token: Token) -> bool:
    """Tell whether "as many as", "no fewer than" and their like stand before a number."""
    words = tuple(t.lower_ for t in page.doc[token.i : token.i + 3])
    fits = words in {("as", "many", "as"), ("as", "much", "as"), ("as", "few", "as"),
                     ("as", "little", "as"), ("no", "fewer", "than"), ("no", "less", "than")}
    return fits and _before_number(page, token.i + 3)


def _before_number(page: Page, index: int) -> bool:
    near = page.doc[index : index + 3]
    for token in near:
        if token.like_num or token.text in ("$", "£", "€"):
            return not _is_clock(page, token.i)
        if token.lower_ not in ("a", "about", "some", "over", "under"):
            return False
    return False


def _is_clock(page: Page, index: int) -> bool:
    """"just 5 p.m." and "only one" as a pronoun are no amounts."""
    behind = page.doc[index + 1].lower_ if index + 1 < len(page.doc) else ""
    return behind in ("p.m.", "a.m.", "pm", "am", "o'clock") or (
        page.doc[index].lower_ == "one" and page.doc[index].dep_ != "nummod")


def _quantified(page: Page, token: Token) -> bool:
    return any(t.like_num or t.lower_ in _AMOUNTS
               for t in page.doc[token.i + 1 : token.i + 5])


def _sized(start: int, end: int, text: str, score: float) -> Finding:
    return Finding("lt.scale", (start, end), score, "scale.particle",
                   f"'{text}' sizes the amount; without it the amount is the same",
                   "", "(deleted)")


def _presupposing(page: Page, token: Token) -> Finding | None:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in _CHANGE:
        acts = [x for x in kids(token, "xcomp") if x.lemma_.lower() in _BAD_ACTS]
        if acts:
            return _taken(token.i, acts[0].i + 1, page, 0.65, "change", "that it was so before")
    if lemma in ("fail", "bother", "deign", "dare") and _to_verb(token) and _was_due(token):
        return _taken(token.i, token.i + 1, page, 0.5, "implicative", "that it was to be done")
    if token.lower_ in _LATE and token.dep_ == "advmod" and token.head.tag_ in _FINITE:
        return _taken(token.i, token.i + 1, page, 0.45, "delay", "that it was overdue")
    return None


def _to_verb(token: Token) -> bool:
    return any(t.lower_ == "to" for x in kids(token, "xcomp") for t in kids(x, "aux"))


def _was_due(token: Token) -> bool:
    """"failed to warn" says that it was to be done, "failed to win" only that it was not."""
    return token.lemma_.lower() != "fail" or any(
        x.lemma_.lower() in _DUTIES for x in kids(token, "xcomp"))


def _taken(a: int, b: int, page: Page, score: float, rule: str, what: str) -> Finding:
    words = page.span((a, b)).quote(page.text)
    return Finding("lt.presupposing", (a, b), score, f"presupposing.{rule}",
                   f"'{words}' takes for granted {what}", "neg")
