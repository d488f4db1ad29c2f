"""The figure of satisfaction on the first page: what was published last, never a live count."""

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.ports import Figure, FigureValue
from surveys.models import ResultSnapshot


def satisfaction() -> FigureValue | None:
    """Return the share of satisfied people as published last of the whole agency; one statement."""
    found = ResultSnapshot.objects.standing().of_agency().of_satisfaction().select_related("survey").newest().first()
    if found is None or found.top2 is None:
        return None
    told = {"n": number_format(found.n, 0, force_grouping=True), "label": found.record["period"]["label"]}
    return FigureValue(
        value=number_format(round(100 * found.top2, 1), 1),
        unit="%",
        note=_("trả lời hài lòng hoặc rất hài lòng, %(n)s phiếu, %(label)s") % told,
        url=reverse("surveys:snapshot", args=[found.survey.slug, found.pk]),
    )


SATISFACTION = Figure("satisfaction", gettext_lazy("Người dân hài lòng"), satisfaction)
