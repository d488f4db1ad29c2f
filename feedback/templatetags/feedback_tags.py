"""What other apps' pages show of feedback."""

from typing import Any

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.utils.safestring import SafeString

from feedback.models import PublicCase
from feedback.models.pages import entry_of, timeliness

register = template.Library()

MOST = 20


@register.inclusion_tag("components/feedback/latest_cases.html")
def latest_cases(count: int = 5, unit: Any = None) -> dict[str, list[dict[str, Any]]]:
    """The newest published answers (of one unit, when given), at most twenty."""
    rows = PublicCase.objects.public().newest().with_list_data()
    if unit is not None:
        rows = rows.filter(unit=unit)
    return {"entries": [entry_of(row) for row in rows[: min(int(count), MOST)]]}


@register.filter
def timeliness_of(row: PublicCase) -> str:
    """“Đúng hạn” or how late."""
    return timeliness(row)


@register.filter
def said(text: str) -> SafeString:
    """Plain text of people as paragraphs; HTML in it is shown, not obeyed."""
    return linebreaks_filter(text, autoescape=True)
