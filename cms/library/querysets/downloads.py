"""Questions to the counts of readings and downloads, as the report of the library asks them."""

from typing import Any

from django.db import models
from django.db.models.functions import TruncMonth

from cms.core.models import PageReading

# How the counts may be put together; the word stands in the address.
GROUPS = ("tai-lieu", "thang", "don-vi", "tai-lieu-thang")
_COLUMNS = {
    "tai-lieu": ("page_id", "title", "unit"),
    "thang": ("month",),
    "don-vi": ("unit",),
    "tai-lieu-thang": ("page_id", "title", "unit", "month"),
}


def downloads_by(group: str, *, units: Any = None) -> models.QuerySet:
    """Return the counts of materials as dicts with ``taken`` and ``read``, put together one of GROUPS' ways.

    Narrowing by day or unit afterwards narrows the sums as well. A row has ``page_id``, ``title``, ``unit`` and
    ``month`` as far as its group knows them.

    Args:
        group: one of GROUPS; anything else is the first.
        units: keys of the units whose materials may be counted; None for all.

    """
    columns = _COLUMNS.get(group, _COLUMNS[GROUPS[0]])
    rows = PageReading.objects.filter(page__materialpage__isnull=False)
    if units is not None:
        rows = rows.filter(page__materialpage__owner_unit__in=units)
    named = rows.annotate(
        title=models.F("page__title"), unit=models.F("page__materialpage__owner_unit__name"), month=TruncMonth("day")
    )
    sums = named.values(*columns).annotate(taken=models.Sum("downloads"), read=models.Sum("count"))
    order = ["-month"] if "month" in columns else []
    return sums.order_by(*order, "-taken", "-read", *(name for name in columns if name != "month"))
