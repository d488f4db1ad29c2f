"""Pages that every agency's site must have (domain.md §6): chart, leaders, contacts, places of reception."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from cms.core.enums import SCHOOL_KINDS, UnitKind
from cms.core.models import AgencySettings, BasePage, Unit
from cms.units.models.pages import UnitPage, units_list
from cms.units.models.parts import UnitPerson
from cms.units.models.reception import reception_of, root_unit
from cms.units.querysets import everybody

# Kinds of which there may be hundreds: the chart folds them under their name.
FOLDED = SCHOOL_KINDS | {UnitKind.COMMUNE}


@dataclass
class ChartNode:
    """One unit of the chart with what lies below it: ``rooms`` one by one, ``folded`` as (kind in words, nodes)."""

    unit: Unit
    url: str
    rooms: list["ChartNode"] = field(default_factory=list)
    folded: list[tuple[str, list["ChartNode"]]] = field(default_factory=list)


def chart(units: Iterable[Unit], addresses: dict[int, str]) -> list[ChartNode]:
    """Return the tree of ``units`` from those that lie below none of them; no query.

    A unit whose upper unit is not among ``units`` (closed, say) stands at the top, so that none is lost.
    """
    rows = list(units)
    known = {unit.pk for unit in rows}
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in rows:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)

    def node(unit: Unit) -> ChartNode:
        # Every unit has one upper unit and the walk begins where there is none: a ring is never entered.
        nodes = [node(child) for child in below[unit.pk]]
        order = [kind.value for kind in UnitKind]
        many = sorted((each for each in nodes if each.unit.kind in FOLDED), key=lambda n: order.index(n.unit.kind))
        return ChartNode(
            unit,
            addresses.get(unit.pk, ""),
            [each for each in nodes if each.unit.kind not in FOLDED],
            [(str(UnitKind(kind).label), list(group)) for kind, group in groupby(many, key=lambda n: n.unit.kind)],
        )

    return [node(unit) for unit in below[None]]


class OrganisationPage(BasePage):
    """Abstract. A page that is drawn from the catalogue of units; editors write only the words around it."""

    parent_page_types = ["home.HomePage", "pages.StandardPage"]
    subpage_types: list[str] = []

    intro = models.TextField(_("lời dẫn"), max_length=400, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True

    @property
    def summary(self) -> str:
        return super().summary or self.intro


class OrganisationChartPage(OrganisationPage):
    """Who lies below whom."""

    template = "pages/units/organisation_chart_page.html"

    class Meta:
        verbose_name = _("trang sơ đồ tổ chức")
        verbose_name_plural = _("trang sơ đồ tổ chức")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the trees as ``nodes``: two queries whatever the number of units."""
        context = super().get_context(request, *args, **kwargs)
        units = list(everybody().in_order())
        context["nodes"] = chart(units, UnitPage.objects.addresses(unit.pk for unit in units))
        return context


class LeadersPage(OrganisationPage):
    """The leaders of the agency with portrait, duties and biography; then who heads each room."""

    template = "pages/units/leaders_page.html"

    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("lãnh đạo của đơn vị"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Để trống: chính cơ quan. Tên, ảnh, nhiệm vụ ghi ở trang của đơn vị, mục Nhân sự."),
    )

    content_panels = [*OrganisationPage.content_panels, FieldPanel("unit")]

    class Meta:
        verbose_name = _("trang lãnh đạo")
        verbose_name_plural = _("trang lãnh đạo")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``people`` who lead the unit and the ``rooms`` right below it."""
        context = super().get_context(request, *args, **kwargs)
        unit = self.unit or root_unit()
        if unit is not None:
            context["people"] = UnitPerson.objects.on_readable_page_of(unit).leading()
            context["rooms"] = rooms_below(unit)
        return context


class ContactsPage(OrganisationPage):
    """How to reach the agency and each of its rooms."""

    template = "pages/units/contacts_page.html"

    class Meta:
        verbose_name = _("trang liên hệ")
        verbose_name_plural = _("trang liên hệ")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the agency's own ``reception`` and the ``rooms`` right below it."""
        context = super().get_context(request, *args, **kwargs)
        unit = root_unit()
        if unit is not None:
            context["reception"] = reception_of(unit, AgencySettings.load(request_or_site=request))
            context["rooms"] = rooms_below(unit)
        return context


class ReceptionPage(OrganisationPage):
    """Where phản ánh, kiến nghị are received: the agency first, then every unit that takes them."""

    template = "pages/units/reception_page.html"

    class Meta:
        verbose_name = _("trang nơi tiếp nhận phản ánh")
        verbose_name_plural = _("trang nơi tiếp nhận phản ánh")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the agency's ``reception`` and one page of ``places``, filtered as the directory is."""
        context = super().get_context(request, *args, **kwargs)
        unit = root_unit()
        if unit is not None:
            context["reception"] = reception_of(unit, AgencySettings.load(request_or_site=request))
        context.update(units_list(request, everybody().taking_cases()))
        context["places"] = [(reception_of(row), url) for row, url in context["lines"]]
        return context


def rooms_below(unit: Unit) -> list[tuple[Unit, str]]:
    """Return the rooms right below ``unit`` in their order, each with the address of its page or nothing."""
    rooms = [row for row in everybody().filter(parent=unit).in_order() if row.kind not in FOLDED]
    addresses = UnitPage.objects.addresses(row.pk for row in rooms)
    return [(row, addresses.get(row.pk, "")) for row in rooms]
