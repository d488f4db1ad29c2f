"""What other apps' pages show of feedback."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from feedback.models import PublicCase
from feedback.models.changes import told_changes
from feedback.models.pages import LIST_URL, entry_of, timeliness

register = template.Library()

MOST = 20
_MASK = re.compile(r"\[(đã che[^\[\]<>&]{0,40})\]")


@register.inclusion_tag("components/feedback/latest_cases.html")
def latest_cases(count: int = 5, unit: Any = None, title: str = "", anchor: str = "tra-loi-moi") -> dict[str, Any]:
    """The newest published answers (of one unit, when given), at most twenty, under ``title``."""
    rows = PublicCase.objects.public().newest().with_list_data()
    more_url = LIST_URL
    if unit is not None:
        rows = rows.filter(unit=unit)
        more_url = f"{LIST_URL}?{urlencode({'don-vi': unit.slug})}"
    entries = [entry_of(row) for row in rows[: min(int(count), MOST)]]
    return {"entries": entries, "title": title or _("Câu trả lời mới"), "anchor": anchor, "url": more_url}


@register.simple_tag
def cases_url(category: str = "") -> str:
    """The address of the published cases, of one category when given."""
    return f"{LIST_URL}?{urlencode({'chu-de': category})}" if category else LIST_URL


@register.filter
def timeliness_of(row: PublicCase) -> str:
    """“Đúng hạn” or how late."""
    return timeliness(row)


@register.filter
def said(text: str) -> SafeString:
    """Plain text of people as paragraphs; HTML in it is shown, not obeyed. What was masked is dressed as such."""
    escaped = linebreaks_filter(text, autoescape=True)
    return mark_safe(_MASK.sub(r'<span class="mask">\1</span>', escaped))  # noqa: S308  the text is escaped above


@register.filter
def changes_told(public_case: PublicCase) -> list[tuple[date, str]]:
    """Return the days on which a published copy was changed, the newest first, each with what was."""
    return told_changes(public_case.changes)
