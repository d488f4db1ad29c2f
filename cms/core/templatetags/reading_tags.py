"""How often a page was read, and the point that counts one more reading."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.core.models import PageReading

register = template.Library()


@register.simple_tag
def readings_of(page: Any) -> int:
    """How often ``page`` was read; as fresh as the copy of the page that a cache hands out."""
    return PageReading.objects.of(page).total() if page.pk else 0


@register.simple_tag(takes_context=True)
def reading_point(context, page: Any) -> SafeString:
    """The transparent point whose being fetched counts a reading; a preview is no reading."""
    if not page.pk or getattr(context.get("request"), "is_preview", False):
        return SafeString("")
    address = reverse("count_reading", args=[page.pk])
    return format_html('<img class="reading-point" src="{}" width="1" height="1" alt="">', address)
