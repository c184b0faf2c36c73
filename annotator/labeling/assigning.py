"""Who reads which articles, in which order, in which arm: drawn from a seed, never by chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from annotator.accounts.models import User
from annotator.accounts.refusals import Conflict
from annotator.corpus.models import Article, Project
from annotator.labeling.drawing import Turns, blocks, draw, ordered, turns
from annotator.labeling.models import Assignment


@dataclass(frozen=True)
class Pair:
    """One article for one annotator."""

    article: Article
    annotator: User


def plan(
    *, project: Project, annotators: Sequence[User], articles: Iterable[Article]
) -> list[Pair]:
    """Return the pairs that bring every article to the project's redundancy.

    The articles of one event go to the same people in one block: to those who read one of them
    already, then to those with the fewest assignments. Equal loads are decided by the seed, so a
    second look gives the same plan.
    """
    taken = _taken(project)
    load = Counter(annotator for readers in taken.values() for annotator in readers)
    pairs: list[Pair] = []
    for block in blocks(articles):
        begun = {reader for article in block for reader in taken[article.pk]}
        ranked = sorted(
            annotators,
            key=lambda one: (one.pk not in begun, *_preference(project, block[0], one, load)),
        )
        fresh = [pair for article in block for pair in _fill(project, article, ranked, taken)]
        load.update(pair.annotator.pk for pair in fresh)
        pairs += fresh
    return pairs


@transaction.atomic
def do_assign(*, project: Project, pairs: Sequence[Pair], actor: User) -> list[Assignment]:
    """Put the pairs into the annotators' queues; one that was withdrawn comes back as it was."""
    by_person: dict[User, list[Article]] = defaultdict(list)
    for pair in pairs:
        by_person[pair.annotator].append(pair.article)
    whose = turns(project, by_person)
    rows: list[Assignment] = []
    for person, articles in by_person.items():
        old = Assignment.objects.filter(annotator=person, article__in=articles)
        old.update(withdrawn_at=None)
        known = set(old.values_list("article", flat=True))
        fresh = [article for article in articles if article.pk not in known]
        rows += _queued(project, person, fresh, whose, actor=actor)
    return Assignment.objects.bulk_create(rows)


@transaction.atomic
def do_withdraw(*, assignment: Assignment, now: datetime) -> None:
    """Take an assignment out of its queue, keeping all that was marked.

    Raises Conflict for submitted work, which counts as done.
    """
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if row.state == Assignment.State.SUBMITTED:
        raise Conflict("This article is submitted and counts as read; it stays.")
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])


def arm_of(project: Project, article: Article, person: User) -> Assignment.Arm:
    """Draw the arm: a hash of seed, article and person against the project's shares."""
    percent = draw(project.seed, "arm", article.pk, person.pk) % 100
    if percent < project.share_shown:
        return Assignment.Arm.SHOWN
    if percent < project.share_shown + project.share_after:
        return Assignment.Arm.AFTER
    return Assignment.Arm.HIDDEN


def _taken(project: Project) -> dict[int, set[int]]:
    taken: dict[int, set[int]] = defaultdict(set)
    rows = Assignment.objects.filter(article__project=project, withdrawn_at=None)
    for article, person in rows.values_list("article", "annotator"):
        taken[article].add(person)
    return taken


def _preference(
    project: Project, first: Article, person: User, load: Counter[int]
) -> tuple[int, int]:
    return load[person.pk], draw(project.seed, "block", first.pk, person.pk)


def _fill(
    project: Project, article: Article, ranked: Sequence[User], taken: dict[int, set[int]]
) -> list[Pair]:
    readers = taken[article.pk]
    free = [person for person in ranked if person.pk not in readers]
    chosen = free[: max(0, project.redundancy - len(readers))]
    readers.update(person.pk for person in chosen)
    return [Pair(article, person) for person in chosen]


def _queued(
    project: Project, person: User, articles: Sequence[Article], whose: Turns, *, actor: User
) -> list[Assignment]:
    last = Assignment.objects.filter(annotator=person).order_by("-position").first()
    start = last.position + 1 if last else 1
    return [
        Assignment(
            article=article,
            annotator=person,
            position=start + offset,
            seed=project.seed,
            arm=arm_of(project, article, person),
            blind=project.blind,
            assigned_by=actor,
        )
        for offset, article in enumerate(ordered(project, person, articles, whose))
    ]
