"""Every rule of every detector, for the page and the document that list them."""

from __future__ import annotations

from dataclasses import dataclass

from framing.detectors.attribution.reasons import RULES as ATTRIBUTION

HOOPER = "Hooper 1975, On assertive predicates"
KARTTUNEN = "Karttunen 1971, Implicative verbs"
RECASENS = "Recasens et al. 2013, Linguistic models for analyzing and detecting biased language"
LEVIN = "Levin 1993, English Verb Classes and Alternations, ch. 37"
HYLAND = "Hyland 2005, Metadiscourse"
BOLINGER = "Bolinger 1972, Degree Words"
ALLAN = "Allan & Burridge 1991, Euphemism and Dysphemism"
LAKOFF = "Lakoff & Johnson 1980, Metaphors We Live By"
SIMONS = "Simons 2001, On the conversational basis of some presuppositions"
PARETI = "Pareti 2016, PARC 3.0: A corpus of attribution relations"
PUNCTUATION = "Nunberg 1990, The Linguistics of Punctuation"
TREW = "Trew 1979, Theory and ideology at work"
HAMBORG = "Hamborg et al. 2019, Automated identification of media bias in news articles"
SPINDE = "Spinde et al. 2021, MBIC (Apache-2.0)"
SLOTS = "the codebook's tests of the slots"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by the id that suggestions carry, what it looks for, and where the idea is from."""

    id: str
    what: str
    source: str


_ATTRIBUTION_SOURCES = {
    "clause": HOOPER, "that_clause": HOOPER, "parenthetical": HOOPER, "as_clause": HOOPER,
    "infinitive": KARTTUNEN, "directive": LEVIN, "verdict": LEVIN, "charge": LEVIN,
    "object": LEVIN, "preposition": LEVIN, "gerund": HOOPER, "passive_raising": RECASENS,
    "adverb": HYLAND, "quotation": PUNCTUATION, "manner": PUNCTUATION, "floating": PUNCTUATION,
    "signature": PUNCTUATION, "colon": PUNCTUATION,
    "interruption": PUNCTUATION, "marks": PUNCTUATION, "opener": PARETI, "view": PARETI,
    "noun": PARETI, "adjective": PARETI, "marked": SLOTS, "headline": SLOTS,
}

_LOADED = (
    Rule("loaded_terms.scare_quote.short",
         "up to four words in marks that nobody in the sentence uttered", "the codebook, rule 3"),
    Rule("loaded_terms.epithet.table", "a noun that names someone by a verdict", RECASENS),
    Rule("loaded_terms.dysphemism.table", "a harsher name beside a plain one", ALLAN),
    Rule("loaded_terms.euphemism.table", "a softer name beside a plain one", ALLAN),
    Rule("loaded_terms.charged_verb.table", "a verb with more force or motive than the act",
         RECASENS),
    Rule("loaded_terms.presupposing.change", "a change of state whose act is blameworthy", SIMONS),
    Rule("loaded_terms.presupposing.implicative", "fail, bother, deign, dare with an infinitive",
         KARTTUNEN),
    Rule("loaded_terms.presupposing.delay", "finally, belatedly before a deed", KARTTUNEN),
    Rule("loaded_terms.hedge.table", "so-called and its like", HYLAND),
    Rule("loaded_terms.scale.particle", "a particle that sizes a figure", BOLINGER),
    Rule("loaded_terms.metaphor.table", "a figure from war, weather, disease or vermin", LAKOFF),
    Rule("loaded_terms.evaluative.table", "an adjective or adverb no record could confirm",
         RECASENS),
    Rule("loaded_terms.ranker.words", "a word like those that readers marked", SPINDE),
)

_OMISSION = (
    Rule("omission.claim", "two independent outlets carry a claim that no passage here makes",
         "the codebook, rules E1, E2 and E4"),
    Rule("omission.actor", "a passive of harm without a doer whom others name", TREW),
    Rule("omission.source", "a speaker heard in two independent outlets and not here", HAMBORG),
)


def rules() -> tuple[Rule, ...]:
    """Return all rules, by detector and in the order in which they are tried."""
    attribution = tuple(
        Rule(f"attribution.{name}", what, _ATTRIBUTION_SOURCES[name])
        for name, what in ATTRIBUTION.items())
    return (*_LOADED, *attribution, *_OMISSION)
