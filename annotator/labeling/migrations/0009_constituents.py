from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('labeling', '0008_claims_of_ledgers'),
    ]

    operations = [
        migrations.AddField(
            model_name='textlayer',
            name='constituents',
            field=models.JSONField(blank=True, null=True),
        ),
    ]
