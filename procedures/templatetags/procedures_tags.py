"""The filters of the list of procedures, and the picture of a dossier's way."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.core.querysets.facets import Facets, chips_of
from procedures.enums import Audience, Level
from procedures.models import BY_KEY, Comparison, MarkedWords, ProcedureField, marked
from procedures.querysets import ProcedureFilters
from procedures.services.way_picture import WayPicture, way_picture

register = template.Library()


@register.simple_tag
def procedure_filters(facets: Facets) -> list[dict[str, Any]]:
    """Return the selects of the index: ``name``, ``label``, ``options`` of ``value label count current``. One query."""
    asked, params = facets.asked, ProcedureFilters.PARAMS
    wanted = {*facets.counts("field"), asked.field} - {None}
    fields = [(row.pk, row.name) for row in ProcedureField.objects.in_order().of_keys(wanted)] if wanted else []
    offered = (
        ("field", _("Lĩnh vực"), fields),
        ("level", _("Cấp thực hiện"), Level.choices),
        ("audience", _("Ai thực hiện"), Audience.choices),
    )
    groups = [facets.group(name, param=params[name], label=label, choices=given) for name, label, given in offered]
    return [group for group in groups if group["options"]]


@register.simple_tag
def procedure_chips(filters: list[dict[str, Any]], asked: ProcedureFilters) -> list[dict[str, str]]:
    """Return the filters in force as ``name`` (of the parameter to take off) and ``label``."""
    return chips_of(filters, asked.words)


@register.filter
def marked_with(old: str, new: str) -> list[MarkedWords]:
    """Return ``new`` laid over ``old`` word by word."""
    return marked(old, new)


@register.filter
def said(record: Mapping[str, Any], key: str) -> str:
    """Return one part of a record in words."""
    return BY_KEY[key].shown(record[key])


@register.filter
def version_choices(found: Comparison) -> list[tuple[str, str, int]]:
    """Return the two questions of the form that compares versions: parameter, label, the version that is chosen."""
    if found.older is None or found.newer is None:
        return []
    return [("tu", _("Bản cũ"), found.older.key), ("den", _("Bản mới"), found.newer.key)]


@register.simple_tag
def dossier_way() -> WayPicture:
    """Return the way of every dossier, drawn from the table of transitions (S30)."""
    return way_picture()
