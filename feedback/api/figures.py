"""The figures of a period as a record for programs."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from cms.core.models import AgencySettings
from feedback.api.records import FIGURE_FIELDS
from feedback.models.pages import LIST_URL
from feedback.services.figures import KEYS, CaseFigures, FigureRow

FORMULAS = {field.name: field.meaning for field in FIGURE_FIELDS}


def figures_record(found: CaseFigures, absolute: Callable[[str], str]) -> dict[str, Any]:
    """Return ``found`` for programs: totals first, then by unit, category and month, and what is late."""
    agency = AgencySettings.load()
    return {
        "title": _("Số liệu phản ánh, kiến nghị"),
        "publisher": agency.name,
        "licence": agency.data_licence,
        "dictionary": absolute(f"{LIST_URL}du-lieu/"),
        "period": {
            "key": found.period.key or None,
            "label": found.period.label,
            "from": found.period.starts_on,
            "to": found.period.ends_on,
        },
        "counted_at": found.counted_at,
        "smallest_cell": found.smallest,
        "totals": dict(found.total.values),
        "by_unit": _records(found.units),
        "by_category": _records(found.categories),
        "by_month": [{"month": row.code, **row.values} for row in found.months],
        "late": [{"due_on": day.due_on, "days": day.days, "count": day.count} for day in found.late],
        "formulas": {name: str(FORMULAS[name]) for name in KEYS},
    }


def _records(rows: tuple[FigureRow, ...] | None) -> list[dict[str, Any]] | None:
    if rows is None:
        return None
    return [{"code": row.code, "name": row.name, **row.values, "hidden": list(row.hidden)} for row in rows]
