"""For templates of the admin: what the reader may do."""

from typing import Any

from django import template

from cms.core.permissions import can

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: template.Context, capability: str) -> bool:
    """Say whether the reader may exercise ``capability``, a row of the matrix."""
    request: Any = context["request"]
    return can(request.user, capability)
