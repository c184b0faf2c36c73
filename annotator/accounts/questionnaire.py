"""What annotators may tell about themselves, so that releases can say who read the articles.

Every answer is optional; exports carry groups only, under the pseudonym.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its closed list of answers: stored value and words."""

    id: str
    text: str
    answers: tuple[tuple[str, str], ...]
    hint: str = ""


QUESTIONS = (
    Question(
        "age",
        "Age",
        (
            ("18-24", "18 to 24"),
            ("25-34", "25 to 34"),
            ("35-49", "35 to 49"),
            ("50-64", "50 to 64"),
            ("65+", "65 or older"),
        ),
    ),
    Question(
        "english",
        "English",
        (
            ("first", "my first language"),
            ("fluent", "fluent"),
            ("working", "good enough to work in"),
        ),
    ),
    Question(
        "education",
        "Education, finished or begun",
        (
            ("school", "school"),
            ("bachelor", "bachelor or similar"),
            ("master", "master or similar"),
            ("doctorate", "doctorate"),
        ),
    ),
    Question(
        "leaning",
        "Where you see yourself politically",
        (
            ("left", "left"),
            ("centre-left", "centre-left"),
            ("centre", "centre"),
            ("centre-right", "centre-right"),
            ("right", "right"),
        ),
        hint="Readers of different views can see different frames; that is worth knowing.",
    ),
    Question(
        "news",
        "How often you follow the news",
        (("daily", "daily"), ("weekly", "some days a week"), ("rarely", "rarely")),
    ),
    Question(
        "experience",
        "Annotated texts before",
        (("none", "never"), ("some", "in one or two projects"), ("much", "often")),
    ),
)
