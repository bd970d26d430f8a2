from django.db import migrations, models

from trayecto.vocabulary.text import folded, in_order


def entitle(apps, _):
    """Put the maps in order that are there already."""
    maps = apps.get_model("web", "Map").objects
    for each in maps.iterator():
        each.order_es = in_order(each.title_es)[:300]
        each.order_en = in_order(each.title_en)[:300]
        each.words = folded(f"{each.title_es} {each.title_en} {each.slug}")
        each.save(update_fields=["order_es", "order_en", "words"])


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0003_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="map",
            name="order_es",
            field=models.CharField(blank=True, db_index=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="map",
            name="order_en",
            field=models.CharField(blank=True, db_index=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="map",
            name="words",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(entitle, migrations.RunPython.noop),
    ]
