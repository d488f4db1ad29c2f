"""The filters of the list of procedures, and the picture of a dossier's way."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.core.querysets.facets import Facets, chips_of
from procedures.enums import Audience, Level
from procedures.models import ProcedureField
from procedures.querysets import ProcedureFilters
from procedures.services.way_picture import WayPicture, way_picture

register = template.Library()


@register.simple_tag
def procedure_filters(facets: Facets) -> list[dict[str, Any]]:
    """Return the selects of the index: ``name``, ``label``, ``options`` of ``value label count current``. One query."""
    asked, params = facets.asked, ProcedureFilters.PARAMS
    wanted = {*facets.counts("field"), asked.field} - {None}
    fields = [(row.pk, row.name) for row in ProcedureField.objects.in_order().filter(pk__in=wanted)] if wanted else []
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


@register.simple_tag
def dossier_way() -> WayPicture:
    """Return the way of every dossier, drawn from the table of transitions (S30)."""
    return way_picture()
