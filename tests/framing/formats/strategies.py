"""Articles and annotations to try formats with: any writing system, any placing of spans."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from framing.annotations import Annotation, Part, Reading, State
from framing.documents import Document
from framing.spans import Span

# A busy machine is no failure: no deadline.
quick = settings(max_examples=50, deadline=None)

PIECES = [
    "storm", " ", "\n", "\t", '"', "'", "“order”", "👩‍👩‍👧", "🇩🇪", "e\u0301", "שלום", "\u202b",
    "\u2028", "\x85", "\ufeff", "𝔘", "ไทย", "{", "}", "\\", ";", ",", "=1+1",
    "0", "\u00a0", "\U0010ffff",
]  # fmt: skip

characters = st.characters(exclude_categories=["Cs"], min_codepoint=32)
texts = (
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(characters, max_size=3)), min_size=1)
    .map("".join)
    .filter(str.strip)
)
values = st.one_of(st.sampled_from(["", *PIECES]), st.text(characters, max_size=8))
names = st.text(characters, min_size=1, max_size=8).map(str.strip).filter(bool)


@st.composite
def documents(draw, id):
    return Document(
        id=id,
        text=draw(texts),
        title=draw(values),
        outlet=draw(values).strip(),
        event=draw(names),
        published=draw(st.sampled_from(["", "2026-05-04", "2026-05-04T18:30:00+02:00"])),
        url=draw(st.sampled_from(["", "https://example.org/ä?b=1#c"])),
        language=draw(st.sampled_from(["en", "de"])),
    )


@st.composite
def parts(draw, document, *, elsewhere):
    start = draw(st.integers(0, len(document.text)))
    end = draw(st.integers(start, len(document.text)))
    return Part(
        role=draw(st.sampled_from(["span", "source", "anchor", "evidence"])),
        span=Span(start, end),
        quote=document.text[start:end],
        document=document.id if elsewhere else "",
    )


@st.composite
def annotations(draw, id, articles):
    own = draw(st.sampled_from(articles))
    marked = [
        draw(parts(article, elsewhere=article != own))
        for article in draw(st.lists(st.sampled_from(articles), max_size=3))
    ]
    return Annotation(
        id=id,
        document=own.id,
        annotator=draw(names),
        device=draw(st.sampled_from(["loaded_terms", "attribution", "omission"])),
        label=draw(st.sampled_from(["lt.epithet", "at.attribution", "om.actor"])),
        parts=tuple(marked),
        attributes=draw(st.dictionaries(names, values, max_size=2)),
        note=draw(values),
        confidence=draw(values),
        flag=draw(values),
        score=draw(st.one_of(st.none(), st.floats(0, 1))),
        reason=draw(values),
        detector=draw(values),
        version=draw(values),
        rule=draw(values),
        decision=draw(values),
    )


@st.composite
def corpora(draw):
    """Draw a list of records: articles, annotations and readings, in the order of files."""
    called = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    articles = [draw(documents(id)) for id in called]
    ids = draw(st.lists(names, max_size=4, unique=True))
    marked = [draw(annotations(id, articles)) for id in ids]
    readings = [
        Reading(article.id, draw(names), "omission", draw(st.sampled_from(State)))
        for article in articles
    ]
    return [*articles, *marked, *readings]


def wrongly_quoted(annotation):
    """Return the annotation with a first quote that its article does not have."""
    first, *others = annotation.parts
    return replace(annotation, parts=(replace(first, quote=first.quote + "\U0010fffe?"), *others))
