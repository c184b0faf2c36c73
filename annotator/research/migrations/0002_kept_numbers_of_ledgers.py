"""Keep the numbers of the ledger too, and refuse to change what was kept."""

from django.db import migrations, models

from annotator.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("research", "0001_runs_and_releases")]

    operations = [
        migrations.AddField(
            model_name="agreementrun",
            name="ledger",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="What `ledger.summary` gives; empty for runs kept before ledgers were.",
            ),
        ),
        migrations.AddField(
            model_name="agreementrun",
            name="ledger_sha256",
            field=models.CharField(
                blank=True,
                default="",
                max_length=64,
                help_text="Fingerprint of the exported ledger.",
            ),
        ),
        refuse(table="research_agreementrun", event="UPDATE", message="kept numbers never change"),
    ]
