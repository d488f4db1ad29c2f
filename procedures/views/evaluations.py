"""What the office says of its online and postal service in a period, beside the counts of that period."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from procedures.api import BASE
from procedures.enums import DossierChannel
from procedures.models import ServiceEvaluation
from procedures.services.dossier_figures import DossierFigures, dossier_figures
from procedures.views.figure_words import label_of, shown

_TOLD = ("received", "resolved", "early", "on_time", "late", "in_progress", "in_time_share")


@require_safe
def evaluation(request: HttpRequest, key: str) -> HttpResponse:
    """Show the evaluation of the period ``key``; one that is not published is not there."""
    today = timezone.localdate()
    found = ServiceEvaluation.objects.public(today).of_period(key).first()
    if found is None or found.dates is None:
        raise Http404
    figures = dossier_figures(found.dates, today=today)
    context = {
        "breadcrumbs": [
            (_("Thủ tục hành chính"), BASE),
            (_("Số liệu giải quyết hồ sơ"), f"{reverse('dossier_figures')}?{found.dates.query}"),
        ],
        "evaluation": found,
        "figures": figures,
        "parts": [
            _part(figures, DossierChannel.ONLINE, _("Dịch vụ công trực tuyến"), found.online_words),
            _part(figures, DossierChannel.POST, _("Dịch vụ bưu chính công ích"), found.post_words),
        ],
        "others": ServiceEvaluation.objects.public(today).exclude(pk=found.pk).newest()[:12],
        "shared": {"title": str(_evaluated(found)), "text": found.online_words[:200]},
    }
    return render(request, "pages/procedures/evaluation.html", context)


def _evaluated(found: ServiceEvaluation) -> str:
    return _("Đánh giá dịch vụ công trực tuyến, bưu chính công ích: %(period)s") % {"period": found.period_label}


def _part(figures: DossierFigures, channel: DossierChannel, title: str, words: str) -> dict[str, Any]:
    """Return one service: the words of the office, the counts of its channel, and what part of everything it is."""
    row = next((each for each in figures.channels or () if each.code == channel), None)
    whole = figures.total.values["received_in_period"]
    mine = row.values["received_in_period"] if row else 0
    part = shown("part_share", round(mine / whole, 4)) if whole else ""
    numbers = [(label_of(name), shown(name, row.values[name])) for name in _TOLD] if row else []
    return {"id": str(channel), "title": title, "words": words, "numbers": numbers, "part": part}
