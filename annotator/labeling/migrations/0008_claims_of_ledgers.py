"""Refuse changing the history of claims and cells; make claims of ledgers that are there."""

import uuid

from django.db import migrations
from django.utils import timezone

from annotator.triggers import refuse


def make_claims(apps, schema_editor):  # noqa: ARG001  # RunPython's signature
    """Give every row of a ledger its claim, as the next comparison would."""
    ledgers = apps.get_model("labeling", "EventLedger")
    claims = apps.get_model("labeling", "Claim")
    passages = apps.get_model("labeling", "ClaimPassage")
    articles = apps.get_model("corpus", "Article")
    for ledger in ledgers.objects.exclude(rows=[]).order_by("pk"):
        now = ledger.finished_at or timezone.now()
        pks = {place[0] for row in ledger.rows for place in row["passages"]}
        texts = dict(articles.objects.filter(pk__in=pks).values_list("pk", "text"))
        for row in ledger.rows:
            claim = claims.objects.create(
                id=uuid.uuid4(), event_id=ledger.event_id, origin="machine", row=row["id"],
                statement=row["summary"], created_at=now,
            )  # fmt: skip
            passages.objects.bulk_create(
                passages(
                    claim=claim, position=position, article_id=article, start=start, end=end,
                    sentence=place, quote=texts[article][start:end],
                )
                for position, (article, start, end, place) in enumerate(
                    one for one in row["passages"] if one[0] in texts
                )
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("labeling", "0007_claims_and_cells")]

    operations = [
        *(
            refuse(table=table, event=event, message="history is append-only")
            for table in ("labeling_claimchange", "labeling_celloperation")
            for event in ("UPDATE", "DELETE")
        ),
        migrations.RunPython(make_claims, migrations.RunPython.noop),
    ]
