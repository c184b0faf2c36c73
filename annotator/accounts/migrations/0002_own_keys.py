from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='keys',
            field=models.JSONField(blank=True, default=dict, help_text='Keys of the workbench that the person changed, by command; empty for none.'),
        ),
    ]
