"""What other pages show of units, and the filters of the directory."""

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.core.enums import UnitKind
from cms.core.models import AgencySettings, Unit
from cms.core.ports import unit_slots
from cms.units.models import ReceptionPage, reception_of, root_unit
from cms.units.querysets import KIND_SLUGS, UnitChoices, UnitFilters

register = template.Library()


@register.inclusion_tag("components/units/reception.html", takes_context=True)
def reception(context: template.Context, unit: Unit | None = None, heading_id: str = "noi-nhan") -> dict[str, Any]:
    """Where phản ánh, kiến nghị are received (S38): of ``unit``, or of the agency with the way to every unit's."""
    place, more, wide = None, "", unit is None
    if unit is None:
        unit = root_unit()
        page = ReceptionPage.objects.live().public().first()
        more = page.url or "" if page else ""
    if unit is not None:
        agency = AgencySettings.load(request_or_site=context.get("request")) if unit.parent_id is None else None
        place = reception_of(unit, agency)
    return {"place": place, "more_url": more, "heading_id": heading_id, "wide": wide}


@register.simple_tag
def unit_filters(asked: UnitFilters, choices: UnitChoices) -> list[dict[str, Any]]:
    """Return the selects of a list of units: ``name``, ``label``, ``options`` of ``value label current``."""
    kinds = [
        {"value": KIND_SLUGS[kind.value], "label": str(kind.label), "current": kind.value == asked.kind}
        for kind in UnitKind
        if kind.value in choices.kinds
    ]
    areas = [
        {"value": key, "label": spellings[0], "current": key == asked.area}
        for key, spellings in sorted(choices.areas.items())
    ]
    groups = [("loai", _("Loại đơn vị"), kinds), ("dia-ban", _("Địa bàn"), areas)]
    return [{"name": name, "label": label, "options": options} for name, label, options in groups if options]


@register.simple_tag
def unit_chips(filters: list[dict[str, Any]], asked: UnitFilters) -> list[dict[str, str]]:
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


@register.simple_tag
def unit_slots_of(unit: Unit) -> SafeString:
    """What other apps show of ``unit``, in the order in which they registered; nothing when none has anything."""
    shown = []
    for slot in unit_slots:
        context = slot.context(unit.pk)
        if context is not None:
            shown.append(render_to_string(slot.template, {**context, "slot": slot}))
    return mark_safe("".join(shown))  # noqa: S308  templates escaped it


@register.simple_tag
def sharing_of(unit: Unit) -> dict[str, Any]:
    """Return what the admin shows about passing this unit's news on: addresses, the sites allowed, the snippet."""
    column = reverse("unit:column", args=[unit.slug])
    title = _("Phản ánh, kiến nghị và tin mới của %(unit)s") % {"unit": unit.name}
    snippet = format_html(
        '<iframe src="{}" title="{}" width="100%" height="640" loading="lazy"></iframe>',
        f"{settings.SITE_URL}{column}",
        title,
    )
    return {
        "snippet": str(snippet),
        "sites": unit.embed_origins,
        "column_path": column,
        "notice_path": reverse("unit:notice", args=[unit.slug]),
        "feed_path": reverse("unit:feed", args=[unit.slug]),
    }
