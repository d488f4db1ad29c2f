"""What readers say of a page, below any page that lets them; and the question whether it was of use."""

from typing import Any

from django import template
from django.core.paginator import Paginator
from django.utils import timezone

from cms.core.models import BasePage
from feedback.models import ReaderComment

register = template.Library()

PAGE_SIZE = 20
PARAM = "y-kien"


@register.inclusion_tag("components/feedback/reader_comments.html", takes_context=True)
def reader_comments(context: dict[str, Any]) -> dict[str, Any]:
    """The published comments of ``page``, oldest first, with the way to the form; nothing where they are turned off."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, BasePage) or not page.pk or not page.shows_comments:
        return {}
    asked = request.GET.get(PARAM, "1")[:6] if request else "1"
    rows = ReaderComment.objects.about(page).published().oldest()
    today = timezone.localdate()
    return {
        "request": request,
        "subject": page,
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(asked),
        "open": page.takes_comments(today),
        "ended": page.comments_close_on is not None and page.comments_close_on < today,
        "param": PARAM,
    }


@register.inclusion_tag("components/feedback/page_rating.html", takes_context=True)
def page_rating(context: dict[str, Any]) -> dict[str, Any]:
    """Ask whether ``page`` was of use; nothing on lists and on the home page, which are ways and not information."""
    page = context.get("page")
    return {"subject": page} if isinstance(page, BasePage) and page.pk and page.is_rated else {}
