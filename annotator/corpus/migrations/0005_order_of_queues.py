"""Let a project have its least certain articles read first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0004_share_of_checks")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="by_uncertainty",
            field=models.BooleanField(
                "least certain first",
                default=False,
                help_text="Let annotators read first what the detectors are least sure about.",
            ),
        ),
    ]
