from django.db import migrations, models

from cms.core.text import fold


def fold_names(apps, _editor):
    """Senders of before are found by name too."""
    senders = apps.get_model("feedback", "Sender").objects
    for pk, name in senders.exclude(name="").values_list("pk", "name").iterator():
        senders.filter(pk=pk).update(folded_name=f" {fold(name)} "[:250])


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_comments_and_ratings")]

    operations = [
        migrations.AddField(
            model_name="sender",
            name="folded_name",
            field=models.CharField(
                blank=True, editable=False, max_length=250, default="", verbose_name="họ tên bỏ dấu, để tìm"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
