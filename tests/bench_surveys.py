"""Which pages of surveys are measured: the results of a year, a quarter, a unit, as page and as data."""

from collections.abc import Iterator

from django.apps import apps
from django.urls import reverse

SURVEY = "sipas"


def there_are_many() -> bool:
    """Whether there is anything to be measured: ``seed_demo --responses 50000`` brings it."""
    survey = apps.get_model("surveys", "Survey").objects.filter(slug=SURVEY).first()
    return survey is not None and survey.months.exists()


def public() -> Iterator[str]:
    """Yield the addresses that everybody may ask for."""
    base = f"/khao-sat/{SURVEY}/ket-qua/"
    year = apps.get_model("surveys", "MonthTally").objects.latest("month").month.year
    unit = apps.get_model("core", "Unit").objects.filter(kind="primary").first()
    yield from (f"{base}{query}" for query in ("", f"?ky={year - 1}", f"?ky={year}-Q1", f"?ky={year}-03"))
    yield f"{base}?tu={year - 2}-01-01&den={year}-12-31"
    yield from (f"{base}?ky={year}&cap=primary", f"{base}du-lieu.json?ky={year}", f"{base}du-lieu.csv?ky={year}")
    if unit is not None:
        yield f"{base}?ky={year}&don-vi={unit.slug}"
    snapshot = apps.get_model("surveys", "ResultSnapshot").objects.filter(survey__slug=SURVEY).first()
    if snapshot is not None:
        yield f"{base}{snapshot.pk}/"
    yield "/khao-sat/"


def desk() -> Iterator[str]:
    """Yield the screens of those who keep surveys."""
    survey = apps.get_model("surveys", "Survey").objects.get(slug=SURVEY)
    yield from (reverse("survey:index"), reverse("survey:open", args=[survey.pk]))
    yield reverse("survey:figures", args=[survey.pk])
