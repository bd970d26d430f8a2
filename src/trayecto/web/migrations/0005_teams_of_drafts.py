import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0004_titles_in_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="team",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="web.team",
            ),
        ),
    ]
