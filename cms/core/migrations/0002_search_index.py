"""The table of the public search, and its words: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

The words are no Django field, because each form exists on one database only; ``cms.core.search`` is their only
user. Written by hand: when the migrations of this app are made anew, keep this file as it is.
"""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = {
    "sqlite": [
        "CREATE VIRTUAL TABLE core_search_words USING fts5("
        "title, body, title_marks, body_marks, tokenize = 'unicode61 remove_diacritics 0')",
    ],
    "postgresql": [
        "ALTER TABLE core_searchentry ADD COLUMN words tsvector",
        "CREATE INDEX core_searchentry_words ON core_searchentry USING gin (words)",
    ],
}
BACKWARD = {
    "sqlite": ["DROP TABLE IF EXISTS core_search_words"],
    "postgresql": [
        "DROP INDEX IF EXISTS core_searchentry_words",
        "ALTER TABLE core_searchentry DROP COLUMN IF EXISTS words",
    ],
}


def make(apps, schema_editor):
    for statement in FORWARD.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in BACKWARD.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="loại")),
                ("object_id", models.CharField(max_length=64, verbose_name="khóa của đối tượng")),
                ("date", models.DateField(blank=True, null=True, verbose_name="ngày")),
                (
                    "number_key",
                    models.CharField(blank=True, db_index=True, max_length=120, verbose_name="số ký hiệu để so khớp"),
                ),
                ("url", models.CharField(max_length=2048, verbose_name="địa chỉ")),
                ("title", models.CharField(max_length=500, verbose_name="tiêu đề")),
                ("lead", models.TextField(blank=True, verbose_name="phần đầu để trích")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "mục tìm kiếm",
                "verbose_name_plural": "mục tìm kiếm",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="search_entry_object"),
                ],
            },
        ),
        migrations.RunPython(make, drop),
    ]
