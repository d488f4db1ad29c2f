"""The words of the public search: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

They are no Django field, because each form exists on one database only; ``cms.core.search`` is their only user.
Written by hand: when the migrations of this app are made anew, keep this file as it is.
"""

from django.db import migrations

FORWARD = {
    "sqlite": [
        "CREATE VIRTUAL TABLE core_search_words USING fts5("
        "title, body, title_marks, body_marks, tokenize = 'unicode61 remove_diacritics 0')",
    ],
    "postgresql": [
        # The title has a column of its own: weights are not in the index, so every row would be unpacked for them.
        "ALTER TABLE core_searchentry ADD COLUMN title_words tsvector, ADD COLUMN words tsvector",
        # Without fastupdate: a list of rows not yet in the index would make every search slower until the next vacuum.
        "CREATE INDEX core_searchentry_title_words ON core_searchentry USING gin (title_words) WITH (fastupdate = off)",
        "CREATE INDEX core_searchentry_words ON core_searchentry USING gin (words) WITH (fastupdate = off)",
    ],
}
BACKWARD = {
    "sqlite": ["DROP TABLE IF EXISTS core_search_words"],
    "postgresql": [
        "ALTER TABLE core_searchentry DROP COLUMN IF EXISTS title_words, DROP COLUMN IF EXISTS words",
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
        migrations.RunPython(make, drop),
    ]
