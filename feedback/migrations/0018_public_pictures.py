"""Pictures of public copies. SQLite makes the table of copies anew, and its index of words with it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.search import WordColumn

COPIES = WordColumn("feedback_publiccase", "search_text")


def make(_apps, schema_editor):
    COPIES.make(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0017_counting_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, make),
        migrations.AddField(
            model_name="publiccase",
            name="pictures",
            field=models.JSONField(
                blank=True, default=list, editable=False, verbose_name="các ảnh, theo thứ tự"
            ),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.CreateModel(
            name="PublicPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stored_name",
                    models.CharField(editable=False, max_length=200, unique=True, verbose_name="tên trong kho"),
                ),
                ("width", models.PositiveIntegerField(verbose_name="rộng, điểm ảnh")),
                ("height", models.PositiveIntegerField(verbose_name="cao, điểm ảnh")),
                ("boxes", models.JSONField(default=list, verbose_name="khung che")),
                ("description", models.CharField(max_length=200, verbose_name="mô tả ảnh")),
                (
                    "seen_clear",
                    models.BooleanField(default=False, verbose_name="đã xem, không có gì phải che"),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="lúc")),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public_pictures",
                        to="feedback.attachment",
                        verbose_name="tệp gửi kèm",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người che",
                    ),
                ),
                (
                    "public_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="picture_versions",
                        to="feedback.publiccase",
                        verbose_name="bản công khai",
                    ),
                ),
            ],
            options={
                "verbose_name": "ảnh công khai",
                "verbose_name_plural": "ảnh công khai",
                "ordering": ["pk"],
            },
        ),
    ]
