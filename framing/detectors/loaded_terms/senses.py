"""Tell the judging sense of a word from its plain one, by what stands around it in the parse.

Each test is given the last word of a term that was found, and says whether it judges there. Where
the surroundings leave it open it says no: a proposal that is not made costs less than a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Token

from framing.detectors.attribution.english.lexicon import SOURCES
from framing.detectors.attribution.english.trees import is_passive
from framing.detectors.attribution.ranges import kids
from framing.detectors.loaded_terms.likeness import LEVELS
from framing.detectors.words import words

_SUBSTANCES = words("""
water rain snow light sound smoke fire sand mud blood milk flower bird fish sheep bee insect
locust mosquito cholera measles malaria flu influenza disease virus hand music applause
""")
_PLAIN_HEADS = words("""
waste gas substance chemical fume dump algae reaper mastectomy surgery centre center building
district town city house site monument church record device bomb ordnance material charge weapon
vest belt blast note passport id document currency money alarm positive negative tooth teeth name
cold taste wind chocolate wave trader heat weather winter lemon sweet drug mushroom plant
snake spider gland cloud spill air asset debt metal cattle livestock pig cow animal data file disk
""")
_PLAIN_KINDS = words("""
tax training sanction sanctions exercise fitness trade inspection safety drug treatment regulatory
legal testing visa pension licensing monetary flash apex natural animal
""")
_FORCES = words("""
volcano geyser lava fire flame blaze bomb shell temperature mercury plane aircraft helicopter car
train climber cat dog bear lion tiger shark animal bee wasp ant insect bird fish crab plant vine ice
snow rain water wind wave storm winds rash
""")
_IDEAS = words("""
hope right law rule dissent protest revolt uprising rebellion opposition plan bill budget economy
party career dream spirit liberty vote speech debate union press media democracy trade growth norm
fund funds cut tax price rate spending job benefit service programme program project reform deal
treaty pact talk effort campaign candidacy nomination inquiry probe process system industry market
culture society faith value tradition heritage future past truth fact voice will pride morale taboo
agenda narrative argument proposal initiative policy idea science research education welfare wage
salary pension income profit aid staff workforce court judiciary ceremony election conversation
movement socialism revolution resistance creativity joy criticism
""")
_IDEA_ENDINGS = ("tion", "sion", "ment", "ity", "ism", "ness", "ence", "ance", "ship", "dom", "cy",
                 "ology")
_SHORTEST = 7
"""Shorter words with such an ending are rarely ideas: city, station, warship."""
_THINGS = words("""
flagship township battleship apartment department monument equipment pavement document ambulance
facility university embankment compartment settlement pharmacy embassy
""")
_NATIONS = words("nation country state world community")
_PEOPLE = words("""
people migrant immigrant refugee seeker applicant visitor foreigner newcomer tourist protester
demonstrator marcher child man woman family fan caller customer voter supporter worker critic
""")
_PEOPLE_ENDINGS = ("er", "or", "ist", "ee", "ian")
_SENSES = words("see hear mark state define label show visible audible say explain understand")


def _of_figure(last: Token) -> bool:
    """"a flood of visitors" is a figure, "a flood of water" is not."""
    return last.i + 1 < len(last.doc) and last.doc[last.i + 1].lower_ == "of" and not any(
        t.lemma_.lower() in _SUBSTANCES for t in last.doc[last.i + 2 : last.i + 6])


def _of_people(last: Token) -> bool:
    """"a wave of migrants" likens people to water; "a wave of strikes" no longer likens at all."""
    return any(_is_people(noun) for of in kids(last, "prep") if of.lower_ == "of"
               for noun in kids(of, "pobj"))


def _is_people(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return lemma in _PEOPLE or lemma in SOURCES["person"] or lemma.endswith(_PEOPLE_ENDINGS)


def _renames(last: Token) -> bool:
    """A name counts where it stands for somebody or something, not where that is looked for."""
    named = last.dep_ == "compound" and last.head.pos_ == "PROPN"
    return named or last.dep_ in ("appos", "attr", "oprd")


def _figurative(last: Token) -> bool:
    """"a toxic leader" judges, "toxic waste" does not."""
    after = last.doc[last.i + 1].lemma_ if last.i + 1 < len(last.doc) else ""
    of = [noun.lemma_ for prep in kids(last, "prep") for noun in kids(prep, "pobj")]
    return not {word.lower() for word in (last.head.lemma_, after, *of)} & _PLAIN_HEADS


def _unqualified(last: Token) -> bool:
    """"the regime fell" judges, "the tax regime" does not."""
    return not any(t.lower_ in _PLAIN_KINDS for t in kids(last, "compound", "amod"))


def _done_to_people(last: Token) -> bool:
    """"were let go" is a dismissal, "let go of the rope" is not."""
    return is_passive(last.doc[last.i - 1]) or is_passive(last)


def _before_noun(last: Token) -> bool:
    """"the supposed profits" doubts, "was supposed to stop" does not."""
    return last.dep_ == "amod"


def _done_to_ideas(last: Token) -> bool:
    """"crushed the hopes" is a figure, "crushed the can" and "were crushed" may be plain."""
    verb = last if last.pos_ == "VERB" else last.head
    return any(_is_idea(noun) for noun in _patients(verb))


def _patients(verb: Token) -> Iterator[Token]:
    """Yield what an act is done to: object, subject of a passive, object of a preposition."""
    yield from kids(verb, "dobj", "nsubjpass")
    for preposition in kids(verb, "prep"):
        if preposition.lower_ in ("on", "over", "off"):
            yield from kids(preposition, "pobj")
    if verb.dep_ in ("acl", "amod"):
        yield verb.head


def _is_idea(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return lemma in _IDEAS or (lemma.endswith(_IDEA_ENDINGS) and len(lemma) > _SHORTEST
                               and lemma not in _THINGS)


SURE = 0.6
"""Probability from which on the ranker is believed whatever the word means on its own."""
LOADED = 5
"""The likeness from which on a word is loaded in most of its uses."""


def judges_alone(token: Token, probability: float) -> bool:
    """Tell whether a word that no rule knows is likely used in a judging sense in an article.

    The ranker learnt from sentences chosen for their bias, where such words are far denser; so it
    must be sure, or the word be loaded by itself. Acts must be done to ideas, nations or names:
    verbs of harm are plain when done to people and things.
    """
    if probability < SURE and LEVELS.get(token.lemma_.lower(), 0) < LOADED:
        return False
    if token.i and token.nbor(-1).text in ("-", "‑"):
        return False
    if token.pos_ == "ADJ":
        return _judges_a_thing(token)
    if token.pos_ != "VERB":
        return True
    patients = list(_patients(token))
    if patients:
        return any(_is_idea(p) or p.pos_ == "PROPN" or p.lemma_.lower() in _NATIONS
                   for p in patients)
    return probability >= SURE and not kids(token, "prt")


def _judges_a_thing(adjective: Token) -> bool:
    """"an angry crowd" judges; "victims angry at", "he was prolific" tell how somebody is."""
    if adjective.dep_ == "amod":
        return bool(adjective.i < adjective.head.i)
    return not any(t.pos_ == "PRON" or _is_people(t) for t in kids(adjective.head, "nsubj"))


def _done_by_people(last: Token) -> bool:
    """"protests erupted" is a figure, "the volcano erupted" is not."""
    verb = last if last.pos_ == "VERB" else last.head
    return not any(t.lemma_.lower() in _FORCES for t in kids(verb, "nsubj", "nsubjpass"))


def _of_stance(last: Token) -> bool:
    """"clearly wrong" is the writer's stance, "clearly visible" what anybody sees."""
    after = last.doc[last.i + 1].lemma_ if last.i + 1 < len(last.doc) else ""
    return not {last.head.lemma_.lower(), after.lower()} & _SENSES


NEEDS: Mapping[str, Callable[[Token], bool]] = {
    "": lambda _: True, "of": _of_figure, "of people": _of_people, "renames": _renames,
    "figurative": _figurative, "unqualified": _unqualified, "passive": _done_to_people,
    "before a noun": _before_noun, "done to ideas": _done_to_ideas,
    "done by people": _done_by_people, "stance": _of_stance,
}
"""The tests by the names that the table gives them."""
