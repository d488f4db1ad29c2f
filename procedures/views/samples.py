"""Every dossier that is filled in as an example (S20), and how far the office has come with them this year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from procedures.api import BASE
from procedures.models import ProcedurePage, ReviewYear


@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """Show the sample dossiers by procedure; the number of queries does not grow with them."""
    procedures = ProcedurePage.objects.readable()
    year = timezone.localdate().year
    context = {
        "year": year,
        "plan": ReviewYear.objects.of_year(year),
        "count": procedures.sampled_by_year([year])[year],
        "procedures": procedures.with_sample().in_order().with_samples(),
        "breadcrumbs": [(_("Thủ tục hành chính"), BASE)],
        "shared": {"title": _("Hồ sơ mẫu đã điền"), "text": ""},
    }
    return render(request, "pages/procedures/samples.html", context)
