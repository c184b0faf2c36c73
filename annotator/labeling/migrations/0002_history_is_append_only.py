"""Refuse changing or deleting history."""

from django.db import migrations

from annotator.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("labeling", "0001_labels_and_history")]

    operations = [
        refuse(table="labeling_operation", event=event, message="history is append-only")
        for event in ("UPDATE", "DELETE")
    ]
