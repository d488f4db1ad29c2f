"""Counting the published copies by unit reads the index alone: without ``live`` in it every row was fetched."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0018_public_pictures")]

    operations = [
        migrations.RemoveIndex(model_name="publiccase", name="copy_by_unit"),
        migrations.AddIndex(
            model_name="publiccase",
            index=models.Index(fields=["unit", "case", "live"], name="copy_by_unit"),
        ),
    ]
