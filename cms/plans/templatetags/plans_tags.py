"""What other pages show of the plans."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.core.enums import SCHOOL_KINDS
from cms.core.models import Unit
from cms.core.querysets.facets import Facets, chips_of
from cms.plans.enums import PlanKind
from cms.plans.models import PlanPage
from cms.plans.querysets import PlanFilters

register = template.Library()


@dataclass(frozen=True)
class YearGroup:
    """Plans of a year that belong together; ``anchor`` is the id of their heading."""

    anchor: str
    label: str
    plans: list[PlanPage]


@register.simple_tag
def latest_plans(count: int = 3, unit: Any = None) -> list[PlanPage]:
    """Return the newest public plans (of one unit, when given); an empty list when there are none."""
    plans = PlanPage.objects.readable().newest().for_lists()
    return list((plans.filter(owner_unit=unit) if unit is not None else plans)[:count])


@register.simple_tag
def plan_filters(facets: Facets) -> list[dict[str, Any]]:
    """Return the selects of the list, see ``Facets.group``; one query, for the names of units."""
    params, units = PlanFilters.PARAMS, {*facets.counts("unit"), facets.asked.unit} - {""}
    named = [(unit.slug, unit.called) for unit in Unit.objects.in_order().filter(slug__in=units)] if units else []
    offered = (("kind", _("Loại"), PlanKind.choices), ("year", _("Năm"), facets.years()), ("unit", _("Đơn vị"), named))
    groups = [facets.group(name, param=params[name], label=label, choices=given) for name, label, given in offered]
    return [group for group in groups if group["options"]]


@register.simple_tag
def plan_chips(filters: list[dict[str, Any]], asked: PlanFilters) -> list[dict[str, str]]:
    """Return the filters in force as ``name`` (of the parameter to take off) and ``label``."""
    return chips_of(filters, asked.words)


@register.simple_tag
def plans_of_year(year: int) -> list[YearGroup]:
    """Return the public plans issued in ``year``, oldest first, with the number of their tasks.

    The agency's own with their progress come first, then those that only tell, then those of schools.
    """
    own, telling, schools = [], [], []
    for plan in PlanPage.objects.readable().issued_in(year).for_lists().select_related("owner_unit"):
        if plan.owner_unit and plan.owner_unit.kind in SCHOOL_KINDS:
            schools.append(plan)
        else:
            (own if plan.task_count else telling).append(plan)
    groups = [
        YearGroup("ke-hoach-nam", _("Kế hoạch và tiến độ"), own),
        YearGroup("ke-hoach-khac", _("Kế hoạch khác của cơ quan"), telling),
        YearGroup("ke-hoach-truong", _("Kế hoạch của các trường"), schools),
    ]
    return [group for group in groups if group.plans]
