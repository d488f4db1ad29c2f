"""Counts that are there are put into the rows that results read; what is asked of everybody is shown to everybody."""

from collections import defaultdict

from django.db import migrations

_SHOWN = ("answer_rating", "sipas", "education")


def fill(apps, schema_editor):
    surveys, tallies, months = (apps.get_model("surveys", name) for name in ("Survey", "ResponseTally", "MonthTally"))
    surveys.objects.filter(kind__in=_SHOWN).update(results_public=True)
    found = defaultdict(dict)
    cells = tallies.objects.exclude(count=0).values_list(
        "survey_id", "key", "choice", "unit_key", "stratum", "month", "count"
    )
    for survey_id, key, choice, unit_key, stratum, month, count in cells:
        for scope, part in (("unit", str(unit_key)), ("stratum", stratum)):
            line = found[survey_id, scope, part, month].setdefault(key, [0, {}])
            if choice:
                line[1][choice] = line[1].get(choice, 0) + count
            else:
                line[0] += count
    months.objects.bulk_create(
        months(
            survey_id=survey_id,
            scope=scope,
            part=part,
            month=month,
            counts={key: [n, dict(sorted(levels.items()))] for key, (n, levels) in sorted(counts.items())},
        )
        for (survey_id, scope, part, month), counts in found.items()
    )


def empty(apps, schema_editor):
    """What is filled once more must be empty before."""
    apps.get_model("surveys", "MonthTally").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_results")]

    operations = [migrations.RunPython(fill, empty)]
