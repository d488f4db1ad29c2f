"""The words of files: one more FTS5 table on SQLite, one more tsvector on PostgreSQL.

Written by hand for the words, as 0002 is; ``cms.core.search`` is their only user.
"""

from django.db import migrations

FORWARD = {
    "sqlite": [
        "CREATE VIRTUAL TABLE core_search_file_words USING fts5("
        "words, tokenize = 'unicode61 remove_diacritics 0')",
    ],
    "postgresql": [
        "ALTER TABLE core_searchentry ADD COLUMN file_words tsvector",
        "CREATE INDEX core_searchentry_file_words ON core_searchentry USING gin (file_words) WITH (fastupdate = off)",
    ],
}
BACKWARD = {
    "sqlite": ["DROP TABLE IF EXISTS core_search_file_words"],
    "postgresql": ["ALTER TABLE core_searchentry DROP COLUMN IF EXISTS file_words"],
}


def make(apps, schema_editor):
    for statement in FORWARD.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in BACKWARD.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("core", "0007_import_turns_and_ledger_head")]

    operations = [migrations.RunPython(make, drop)]
