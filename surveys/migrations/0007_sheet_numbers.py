"""Numbers of papers that came in files stand as those that are keyed in: in capitals, so that no paper counts twice."""

from django.db import migrations

_BATCH = 1_000


def capitals(apps, schema_editor):
    """Two papers that were stored under one number stay as they are: which of them is right only the office knows."""
    for name, whole in (("Response", "version_id"), ("PaperEntry", "survey_id")):
        rows = apps.get_model("surveys", name).objects
        changed = []
        taken = set(rows.exclude(sheet="").values_list(whole, "sheet"))
        for row in rows.exclude(sheet="").only("pk", whole, "sheet").order_by("pk").iterator():
            place, number = getattr(row, whole), row.sheet.upper()
            if number != row.sheet and (place, number) not in taken:
                taken.add((place, number))
                row.sheet = number
                changed.append(row)
        rows.bulk_update(changed, ["sheet"], batch_size=_BATCH)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0006_handed_out")]
    operations = [migrations.RunPython(capitals, migrations.RunPython.noop)]
