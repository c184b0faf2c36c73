"""Articles of our own, handed out to a new person, with or without suggestions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.stack.site import Site, wait_until

_HAND_OUT = """
import io, json
from annotator import queueing
from annotator.accounts.models import User
from annotator.corpus.importing import do_receive, run_batch
from annotator.corpus.models import Membership
from annotator.corpus.projects import do_add_member, do_create_project
from annotator.labeling.assigning import Pair, do_assign

given = json.loads(GIVEN)
admin = User.objects.get(username="admin")
reader = User.objects.create_user(username=given["person"], password=given["password"])
project = do_create_project(user=admin, name=given["name"], share_shown=given["shown"],
                            share_after=given["after"])
do_add_member(project=project, user=reader, role=Membership.Role.ANNOTATOR, by=admin)
lines = [
    json.dumps({"id": str(i), "title": text.split("\\n")[0], "text": text, "event": given["name"],
                "outlet": f"Outlet {i}", "language": given["language"]})
    for i, text in enumerate(given["texts"])
]
batch = do_receive(project=project, user=admin, name="papers.jsonl",
                   stream=io.BytesIO("\\n".join(lines).encode()))
run_batch(batch.pk)
articles = list(project.articles.order_by("pk"))
pairs = [Pair(article, reader) for article in articles]
rows = do_assign(project=project, pairs=pairs, actor=admin)
queueing.send("annotator.labeling.tasks.plan")  # or it waits for the clock
by_article = {row.article_id: row.pk for row in rows}
print(json.dumps([by_article[article.pk] for article in articles]))
"""


def hand_out(
    site: Site,
    texts: Sequence[str],
    *,
    person: str,
    suggestions: bool = False,
    after: bool = False,
    language: str = "en",
) -> list[int]:
    """Make a study of one event for a new person; return the assignments, parsed already.

    Suggestions are shown from the beginning, or ``after`` the first pass.
    """
    password = f"only-{person}-knows-4711"
    given: dict[str, Any] = {"name": f"Study of {person}", "person": person, "password": password}
    given["texts"] = list(texts)
    given["shown"] = 100 if suggestions else 0
    given["after"] = 100 if after else 0
    given["language"] = language
    done = site.manage("shell", "--no-imports", "-c", f"GIVEN = {json.dumps(given)!r}\n{_HAND_OUT}")
    assert done.returncode == 0, done.stderr
    with (site.var / "sign-ins.txt").open("a", encoding="utf-8") as file:
        file.write(f"{person} {password}\n")
    numbers: list[int] = json.loads(done.stdout.splitlines()[-1])
    known = ",".join(str(number) for number in numbers)
    runs = (
        "labeling_suggestionrun r JOIN labeling_assignment a ON a.article_id = r.article_id "
        f"WHERE a.id IN ({known})"
    )
    open_runs = f"{runs} AND r.state IN ('pending', 'running')"
    wait_until(
        lambda: site.count(runs) and not site.count(open_runs), seconds=90, what="parsed articles"
    )
    return numbers
