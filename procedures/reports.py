"""What procedures hand in for the home page: the figure of dossiers in time, and the task of looking one up."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.api import register_open_data
from cms.core.ports import Figure, FigureValue, HomeTask, register_figure, register_home_task
from procedures.api import DOSSIER_FIGURES
from procedures.figures import percent
from procedures.models import Dossier
from procedures.services.dossier_figures import whole_between

PERIOD = timedelta(days=365)


def dossiers_on_time() -> FigureValue | None:
    """Return which part of the dossiers of the last 365 days was not late; one statement."""
    today = timezone.localdate()
    counts = whole_between(today - PERIOD, today, today=today)
    in_time = counts.early + counts.on_time
    part = percent(in_time, counts.judged)
    if part is None:
        return None
    told = {"in_time": _grouped(in_time), "judged": _grouped(counts.judged)}
    return FigureValue(
        value=number_format(round(part, 1), 1),
        unit="%",
        note=_("%(in_time)s trong %(judged)s hồ sơ đã giải quyết hoặc quá hạn, 12 tháng qua") % told,
        url=f"{reverse('dossier_figures')}#toan-co-quan",
    )


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


DOSSIERS_ON_TIME = Figure("dossiers_on_time", gettext_lazy("Hồ sơ không quá hạn"), dossiers_on_time)
LOOK_UP = HomeTask(
    "dossier_lookup",
    gettext_lazy("Tra cứu hồ sơ"),
    gettext_lazy("Hồ sơ đang ở bước nào, hẹn trả kết quả ngày nào."),
    "search",
    lambda: reverse("dossier_lookup") if Dossier.objects.exists() else "",
)


def figures_register() -> None:
    """Hand the figures and the look-up to the kernel; called once, in ``AppConfig.ready()``."""
    register_open_data(DOSSIER_FIGURES)
    register_home_task(LOOK_UP)
    register_figure(DOSSIERS_ON_TIME)
