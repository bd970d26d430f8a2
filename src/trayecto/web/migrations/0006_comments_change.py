from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0005_teams_of_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="changed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
