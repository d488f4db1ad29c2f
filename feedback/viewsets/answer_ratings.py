"""What senders said of the answers of one's own units, on the home page of the admin: counts of many, never one."""

from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.components import Component

from cms.core.enums import Scope
from cms.core.models import AgencySettings, Unit
from cms.core.periods import read_period
from cms.core.permissions import scope_of
from feedback.models import Category
from feedback.services.answer_ratings import AnswerRatings, answer_ratings
from surveys.services.ratings import PartRating

MOST_UNITS = 12


class AnswerRatingsPanel(Component):
    """The mean level of this year: of all answers for those who see all cases, of own units for the others."""

    name = "answer_ratings"
    template_name = "feedback/admin/ratings_panel.html"
    order = 55

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        scope = scope_of(user, "case_list")
        if scope is None:
            return {"lines": []}
        agency = AgencySettings.load()
        units = list(Unit.objects.in_order().values_list("pk", "name"))
        found = _of_this_year([pk for pk, _name in units], agency.smallest_cell)
        lines = [(_("Toàn cơ quan"), found.total)] if scope is Scope.ALL else []
        lines += [(name, found.units[pk]) for pk, name in units if pk in user.unit_ids and pk in found.units]
        shown = [_line(name, rating) for name, rating in lines if rating.hidden or rating.n]
        return {"lines": shown[:MOST_UNITS], "smallest": agency.smallest_cell}


def _of_this_year(units: list[int], smallest: int) -> AnswerRatings:
    today = timezone.localdate()
    period = read_period(str(today.year))
    months = period.months(today) if period else None
    codes = list(Category.objects.in_order().values_list("code", flat=True))
    return answer_ratings(months, units=[0, *units], categories=codes, smallest=smallest)


def _line(name: Any, rating: PartRating) -> dict[str, Any]:
    mean = "" if rating.mean is None else number_format(round(rating.mean, 2), 2)
    return {"name": name, "n": rating.n, "mean": mean, "hidden": rating.hidden}
