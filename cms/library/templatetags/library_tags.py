"""Materials on other apps' pages, the filters of their own list, and how often their files were taken."""

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cms.core.models import PageReading
from cms.library.enums import Audience, Level, MaterialKind, Order
from cms.library.models import MaterialPage, MaterialTopic
from cms.library.querysets import Facets, MaterialFilters

register = template.Library()


@register.simple_tag
def latest_materials(count: int = 4, unit: Any = None) -> list[MaterialPage]:
    """Return the newest ``count`` materials (of one unit, when given) that anybody may read; perhaps none."""
    materials = MaterialPage.objects.readable().newest().for_lists()
    return list((materials.filter(owner_unit=unit) if unit is not None else materials)[:count])


@register.simple_tag
def downloads_of(page: Any) -> int:
    """How often files of ``page`` were taken; as fresh as the copy of the page that a cache hands out."""
    return PageReading.objects.of(page).downloads() if page.pk else 0


@register.simple_tag
def material_facts(material: MaterialPage) -> list[str]:
    """What a line of a list says of a material: its topics, for whom, which kinds of file, how often taken."""
    kinds = [str(MaterialKind(kind).label) for kind in material.kinds.split()]
    taken = getattr(material, "taken", 0)
    return [
        ", ".join(topic.name for topic in material.topic_rows),
        ", ".join(material.level_names),
        ", ".join(material.audience_names),
        ", ".join(kinds) or _("Chưa có tệp"),
        _("%(count)s lượt tải") % {"count": number_format(taken, use_l10n=True, force_grouping=True)} if taken else "",
    ]


@register.simple_tag
def material_filters(facets: Facets, order: Order) -> list[dict[str, Any]]:
    """Return the filters of the list for components/filter_form.html, the order as the last of them; one query.

    Each counts what the others leave over; what was asked for always stays on offer.
    """
    topics = list(MaterialTopic.objects.in_order().values_list("slug", "name"))
    groups = [
        ("topic", _("Chủ đề"), topics),
        ("level", _("Cấp học"), Level.choices),
        ("audience", _("Dành cho"), Audience.choices),
        ("kind", _("Loại tệp"), MaterialKind.choices),
    ]
    filters = [_filter(facets, name, label, choices) for name, label, choices in groups]
    filters = [group for group in filters if group["options"]]
    if not facets.offers:
        return filters
    orders = [{"value": str(each), "label": each.label, "current": each is order} for each in Order if each]
    return [*filters, {"name": "xep", "label": _("Xếp theo"), "options": orders, "empty": Order.NEWEST.label}]


@register.simple_tag
def material_chips(filters: list[dict[str, Any]], asked: MaterialFilters) -> list[dict[str, str]]:
    """Return the filters in force as ``name`` (of the parameter to take off) and ``label``."""
    chips = [
        {"name": group["name"], "label": f"{group['label']}: {option['label']}"}
        for group in filters
        for option in group["options"]
        if option["current"] and group["name"] in MaterialFilters.PARAMS.values()
    ]
    if asked.words:
        chips.append({"name": "q", "label": _("Từ tìm: %(words)s") % {"words": asked.words}})
    return chips


def _filter(facets: Facets, name: str, label: str, choices: list[tuple[str, Any]]) -> dict[str, Any]:
    counts, asked = facets.counts(name), getattr(facets.asked, name)
    options = [
        {"value": value, "label": words, "count": counts[value], "current": value == asked}
        for value, words in choices
        if counts[value] or value == asked
    ]
    return {"name": MaterialFilters.PARAMS[name], "label": label, "options": options}
