"""Show a parser the marks it has learnt, and give the article its own back.

The French pipeline learnt from text with straight marks; at « and ’ it loses the sentence. Words
keep their length, so that offsets stay what they are.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

PLAIN, OWN = "framing_plain_marks", "framing_own_marks"
_PLAIN = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'"})


@Language.component(PLAIN)
def with_plain_marks(doc: Doc) -> Doc:
    """Return the article as the parser may read it, with its own words kept aside."""
    words = [token.text for token in doc]
    return Doc(doc.vocab, words=[word.translate(_PLAIN) for word in words],
               spaces=[bool(token.whitespace_) for token in doc],
               sent_starts=[bool(token.is_sent_start) for token in doc], user_data={OWN: words})


@Language.component(OWN)
def with_own_marks(doc: Doc) -> Doc:
    """Return the article with its own words and the parse of the plain ones."""
    return Doc(
        doc.vocab, words=doc.user_data[OWN], spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc], pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        heads=[token.head.i for token in doc], deps=[token.dep_ for token in doc],
    )
