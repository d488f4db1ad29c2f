"""Figures that feedback hands in for the home page."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.ports import Figure, FigureValue
from feedback.services.figures import counts_between

PERIOD = timedelta(days=365)


def answers_on_time() -> FigureValue | None:
    """Return which part of what had to be answered in the last 365 days was answered in time; two statements."""
    today = timezone.localdate()
    counts = counts_between(today - PERIOD, today, today=today)
    if not counts.judged:
        return None
    told = {"on_time": counts.on_time, "judged": counts.judged}
    return FigureValue(
        value=number_format(round(100 * counts.on_time / counts.judged, 1), 1),
        unit="%",
        note=_("%(on_time)d trong %(judged)d phản ánh đã trả lời hoặc quá hạn, 12 tháng qua") % told,
        url=f"{reverse('feedback:figures')}#cach-tinh",
    )


ANSWERS_ON_TIME = Figure("answers_on_time", gettext_lazy("Trả lời đúng hạn"), answers_on_time)
