"""Published answers offered while a title is typed. The words come by POST, so that no log keeps them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.core.views import too_many
from feedback.services.similar import public_cases_like

LONGEST = 200


@never_cache
@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """Return a piece of HTML, empty when there is nothing near; nothing is stored."""
    if answer := too_many(request, "search"):
        return answer
    cases = public_cases_like(request.POST.get("title", "")[:LONGEST])
    return render(request, "pages/feedback/steps/similar.html", {"similar": cases})
