"""Let a project say how many claims that an article reports are asked about as checks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0003_grouping_of_articles")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="share_checks",
            field=models.PositiveSmallIntegerField(
                "checks in the ledger, %",
                default=20,
                help_text="Share of the claims an article does report that its annotators are "
                "asked about, to see how carefully they answer.",
            ),
        ),
        migrations.AlterField(
            model_name="project",
            name="seed",
            field=models.PositiveIntegerField(
                default=1, help_text="Draws orders, arms and checks."
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(share_checks__lte=100), name="project_share_of_checks"
            ),
        ),
    ]
