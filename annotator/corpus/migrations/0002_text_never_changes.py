"""Refuse any change to an article's text."""

from django.db import migrations

from annotator.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("corpus", "0001_projects_and_articles")]

    operations = [
        refuse(
            table="corpus_article",
            event="UPDATE",
            columns=["text", "sha256", "length"],
            message="the text of an article never changes; import it as another article",
        ),
        refuse(
            table="corpus_codebookversion",
            event="UPDATE",
            columns=["source", "sha256"],
            message="a codebook version is superseded, not edited",
        ),
    ]
