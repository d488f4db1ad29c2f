"""What other pages show of the plans."""

from django import template

from cms.plans.models import PlanPage

register = template.Library()


@register.simple_tag
def latest_plans(count: int = 3) -> list[PlanPage]:
    """Return the newest public plans; an empty list when there are none."""
    return list(PlanPage.objects.readable().newest().for_lists()[:count])
