"""What the page of a unit shows of surveys: those that take responses about it, and what was said of it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.ports import UnitSlot
from surveys.models import Channel


def surveys_about(unit_id: int) -> dict[str, object] | None:
    """Return the open ways to answer about a unit, with the address of what was said of it; one statement."""
    ways = Channel.objects.open(timezone.localdate()).kind_web().on_pages().about_unit(unit_id)
    lines = [_line(way) for way in ways.select_related("survey", "unit").in_order()]
    return {"lines": lines} if lines else None


def _line(way: Channel) -> dict[str, object]:
    survey, results = way.survey, ""
    if survey.results_public and way.unit is not None:
        results = f"{reverse('surveys:results', args=[survey.slug])}?don-vi={way.unit.slug}"
    return {
        "title": survey.title,
        "text": survey.intro,
        "url": reverse("surveys:answer_channel", args=[survey.slug, way.code]),
        "place": way.counter,
        "closes_on": survey.closes_on,
        "results_url": results,
    }


SURVEYS_ABOUT = UnitSlot("surveys", _("Khảo sát về đơn vị"), "components/surveys/unit_surveys.html", surveys_about)
