"""Where “useful” and “not” are sent. No cookie, no token: the pages that ask are the same copy for every reader."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from cms.core.requests import client_address, is_own_form
from cms.core.services.limits import limit_hit
from cms.core.views import refused, too_many
from feedback.forms import RatingWordsForm
from feedback.models import PageRating
from feedback.services.ratings import page_rate, rated_page, rating_explain, rating_mark, rating_of

ANSWERS = {"co": True, "khong": False}
View = Callable[..., HttpResponse]


def from_own_pages(view: View) -> View:
    """Take a form from a page of this site by the browser's word; any other would need Django's token."""
    guarded = csrf_protect(view)

    @wraps(view)
    def decide(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if is_own_form(request) else guarded(request, *args, **kwargs)

    return csrf_exempt(decide)


@from_own_pages
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest) -> HttpResponse:
    """Count an answer about the page ``trang``; without one, ask for it."""
    asked = request.POST if request.method == "POST" else request.GET
    number = asked.get("trang", "")
    page = rated_page(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None
    if page is None:
        raise Http404
    useful = ANSWERS.get(request.POST.get("huu_ich", ""))
    if request.method != "POST" or useful is None:
        context = {"breadcrumbs": [(page.title, page.get_url() or "")], "subject": page}
        return render(request, "pages/feedback/rating.html", context, status=422 if request.method == "POST" else 200)
    address = client_address(request)
    if answer := too_many(request, "page_rating_any"):
        return answer
    verdict = limit_hit(limit="page_rating", visitor=f"{address} {page.pk}")
    if not verdict.allowed:
        return refused(request, verdict)
    rating = page_rate(page=page, useful=useful, address=address, device=request.headers.get("User-Agent", ""))
    return redirect("readers:rating_sent", rating_mark(rating))


@from_own_pages
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, mark: str) -> HttpResponse:
    """Thank, offer the other answer, and take words for the editors."""
    rating = rating_of(mark)
    if rating is None:
        raise Http404
    if request.method != "POST":
        return _thanks(request, rating, RatingWordsForm(initial={"words": rating.words}))
    if answer := too_many(request, "page_rating_any"):
        return answer
    form = RatingWordsForm(request.POST)
    if not form.is_valid():
        return _thanks(request, rating, form)
    rating_explain(rating=rating, words=form.cleaned_data["words"])
    return redirect("readers:rating_sent", mark)


def _thanks(request: HttpRequest, rating: PageRating, form: RatingWordsForm) -> HttpResponse:
    page = rating.page.specific
    context = {
        "breadcrumbs": [(page.title, page.get_url() or "")],
        "subject": page,
        "rating": rating,
        "form": form,
        "mark": rating_mark(rating),
        "said": _("Bạn thấy trang này hữu ích.") if rating.useful else _("Bạn thấy trang này chưa hữu ích."),
    }
    return render(request, "pages/feedback/rating_sent.html", context, status=422 if form.errors else 200)
