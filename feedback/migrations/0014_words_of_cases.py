"""Cases, public copies and names of senders are found by an index of their words; phone and mail by a column of keys.

The tables are altered first: SQLite drops triggers with the table that Django makes anew. A later migration that
alters one of the three tables calls ``make`` of its column again at its end.
"""

from django.db import migrations, models

from cms.core.search import WordColumn, plain_words
from feedback.querysets.senders import sender_keys

CASES = WordColumn("feedback_case", "search_text")
COPIES = WordColumn("feedback_publiccase", "search_text")
NAMES = WordColumn("feedback_sender", "folded_name")
_BATCH = 2_000


def write_words(apps, schema_editor):
    """Write of every row what it is found by, in the new form; by key, in batches."""
    quote = schema_editor.quote_name
    for model, read, columns, made in (
        ("Case", ("state", "reference", "title", "body"), ("search_text",), _case_words),
        ("PublicCase", ("reference", "title", "question", "answer"), ("search_text",), _copy_words),
        ("Sender", ("name", "phone", "email"), ("folded_name", "phone_key", "email_key"), _keys),
    ):
        known = apps.get_model("feedback", model)
        given = ", ".join(f"{quote(column)} = %s" for column in columns)
        statement = f"UPDATE {quote(known._meta.db_table)} SET {given} WHERE id = %s"  # noqa: S608
        last = 0
        while rows := list(known.objects.filter(pk__gt=last).order_by("pk").values_list("pk", *read)[:_BATCH]):
            with schema_editor.connection.cursor() as cursor:
                cursor.executemany(statement, [(*made(*row[1:]), row[0]) for row in rows])
            last = rows[-1][0]


def _case_words(state, reference, title, body):
    return (plain_words(reference if state == "anonymised" else f"{reference} {title} {body}"),)


def _copy_words(*said):
    return (plain_words(" ".join(said)),)


def _keys(name, phone, email):
    keys = sender_keys(name=name, phone=phone, email=email)
    return keys["folded_name"], keys["phone_key"], keys["email_key"]


def make(_apps, schema_editor):
    for column in (CASES, COPIES, NAMES):
        column.make(schema_editor.connection)


def drop(_apps, schema_editor):
    for column in (CASES, COPIES, NAMES):
        column.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0013_public_case_indexes")]

    operations = [
        migrations.AlterField(
            model_name="sender",
            name="phone_digits",
            field=models.CharField(
                blank=True, editable=False, max_length=20, verbose_name="các chữ số của điện thoại"
            ),
        ),
        migrations.AddField(
            model_name="sender",
            name="phone_key",
            field=models.CharField(
                blank=True,
                db_index=True,
                default="",
                editable=False,
                max_length=20,
                verbose_name="số điện thoại không mã nước, để tìm",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="sender",
            name="email_key",
            field=models.CharField(
                blank=True,
                db_index=True,
                default="",
                editable=False,
                max_length=254,
                verbose_name="thư điện tử viết thường, để tìm",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(write_words, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(make, drop),
    ]
