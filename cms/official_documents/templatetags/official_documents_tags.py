"""What other pages show of the register, and the filters of its own."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.official_documents.enums import DOCUMENT_KINDS
from cms.official_documents.models import DocumentField, Issuer, OfficialDocumentPage
from cms.official_documents.querysets import DocumentFilters

register = template.Library()


@register.simple_tag
def latest_documents(count: int = 5) -> list[OfficialDocumentPage]:
    """Return the newest public documents; an empty list when there are none."""
    return list(OfficialDocumentPage.objects.readable().newest().for_lists()[:count])


@register.simple_tag
def document_filters(asked: DocumentFilters, choices_left: Iterable[tuple]) -> list[dict[str, Any]]:
    """Return the selects of the index: ``name``, ``label``, ``any_label``, ``options`` of ``value label current``.

    Only what occurs among public documents is offered; what was asked for stays on offer. Two queries.
    """
    kinds, years, issuers, areas = (
        (set(column) - {None, 0, ""} for column in zip(*choices_left, strict=True))
        if (choices_left)
        else (set(), set(), set(), set())
    )
    groups = [
        (_("Loại văn bản"), "kind", [(code, name) for code, name in DOCUMENT_KINDS if code in kinds]),
        (_("Năm"), "year", [(year, str(year)) for year in sorted(years, reverse=True)]),
        (_("Cơ quan ban hành"), "issuer", _named(Issuer, issuers)),
        (_("Lĩnh vực"), "area", _named(DocumentField, areas)),
    ]
    return [
        {
            "name": DocumentFilters.PARAMS[field],
            "label": label,
            "options": [
                {"value": value, "label": name, "current": value == getattr(asked, field)} for value, name in options
            ],
        }
        for label, field, options in groups
        if options
    ]


@register.simple_tag
def document_chips(filters: list[dict[str, Any]], asked: DocumentFilters) -> list[dict[str, str]]:
    """Return the filters in force as ``name`` (of the parameter to take off) and ``label``."""
    chips = [
        {"name": group["name"], "label": f"{group['label']}: {option['label']}"}
        for group in filters
        for option in group["options"]
        if option["current"]
    ]
    if asked.words:
        chips.append({"name": "q", "label": _("Từ khóa: %(words)s") % {"words": asked.words}})
    return chips


def _named(model: Any, keys: set[int]) -> list[tuple[int, str]]:
    return [(row.pk, row.name) for row in model.objects.in_order().filter(pk__in=keys)] if keys else []
