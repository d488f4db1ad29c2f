"""The directory and the page of one unit."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import PageManager, Site
from wagtail.url_routing import RouteResult

from cms.core.blocks import StoryBlock
from cms.core.models import AgencySettings, BasePage
from cms.units.models.parts import UnitNotice, standing
from cms.units.models.reception import Reception, reception_of
from cms.units.querysets import UnitChoices, UnitFilters, UnitPageQuerySet, directory, everybody, listed

SLUG = "don-vi"


class UnitIndexPage(BasePage):
    """The directory of units and schools: one form of filters, in the order of the house."""

    template = "pages/units/unit_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["units.UnitPage"]
    max_count = 1
    is_rated = False

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang danh bạ đơn vị")
        verbose_name_plural = _("trang danh bạ đơn vị")

    def clean(self) -> None:
        """The framed columns, feeds and notices of units lie below this address, and others link to them."""
        super().clean()
        if self.slug != SLUG:
            reason = _("Địa chỉ phải là “%(slug)s”: trang của các trường khác đã nhúng, đã in địa chỉ bên dưới nó.")
            raise ValidationError({"slug": ValidationError(reason, params={"slug": SLUG})})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of units as ``unit_page``, and what the filters need."""
        context = super().get_context(request, *args, **kwargs)
        context.update(units_list(request))
        return context


def units_list(request: HttpRequest, among: Any = None) -> dict[str, Any]:
    """Return what a list of units shows, as the address asks: ``asked``, ``choices``, ``unit_page``, ``lines``.

    ``among`` are the units that may be shown, those of the directory when it is not given. ``lines`` are units with
    the address of their page, or nothing. Four queries whatever the number of units, and those of the words.
    """
    among = everybody() if among is None else among
    asked, choices = UnitFilters.from_query(request.GET), UnitChoices.of(among)
    unit_page = listed(directory(among, asked, choices), request.GET.get("trang"))
    addresses = UnitPage.objects.addresses(unit.pk for unit in unit_page)
    lines = [(unit, addresses.get(unit.pk, "")) for unit in unit_page]
    return {"asked": asked, "choices": choices, "unit_page": unit_page, "lines": lines, "noindex": bool(asked)}


class UnitPage(BasePage):
    """One unit as its readers need it. Its name and its contacts are those of the catalogue, never typed twice."""

    template = "pages/units/unit_page.html"
    parent_page_types = ["units.UnitIndexPage"]
    subpage_types = ["pages.StandardPage"]
    in_site_map = False

    unit = models.OneToOneField(
        "core.Unit", verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="unit_page"
    )
    intro = models.TextField(
        _("giới thiệu ngắn"), max_length=600, blank=True, help_text=_("Hai, ba câu: đơn vị làm gì, dạy ai, ở đâu.")
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("ảnh"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_caption = models.CharField(_("chú thích ảnh"), max_length=255, blank=True)
    body = StreamField(
        StoryBlock(), verbose_name=_("chức năng, nhiệm vụ, lịch sử"), blank=True, help_text=_("Hiện bên dưới liên hệ.")
    )

    objects = PageManager.from_queryset(UnitPageQuerySet)()

    content_panels = [
        FieldPanel("unit"),
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_caption")], _("Ảnh")),
        FieldPanel("body"),
        InlinePanel("people", heading=_("Nhân sự"), label=_("Người")),
        InlinePanel("notices", heading=_("Thông báo công khai"), label=_("Thông báo")),
    ]
    # The title is the unit's name and the address is the unit's own: neither is typed here.
    promote_panels = [
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], _("Tìm kiếm")),
        MultiFieldPanel(
            [FieldPanel("listing_image"), FieldPanel("listing_summary"), FieldPanel("show_in_menus")],
            _("Trong danh sách"),
        ),
        MultiFieldPanel([FieldPanel("review_on")], _("Trách nhiệm")),
    ]
    share_panels = [HelpPanel(template="units/admin/sharing.html")]

    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Nội dung")),
            ObjectList(promote_panels, heading=_("Quảng bá")),
            ObjectList(share_panels, heading=_("Nhúng, in, theo dõi tin")),
            ObjectList(BasePage.settings_panels, heading=_("Thiết lập")),
        ]
    )

    class Meta:
        verbose_name = _("trang đơn vị")
        verbose_name_plural = _("trang đơn vị")

    @property
    def summary(self) -> str:
        return super().summary or self.intro

    @property
    def frame_unit_id(self) -> int | None:
        """Menu and notices of the unit stand on its own page."""
        return self.unit_id

    @property
    def share_picture(self) -> Any:
        return super().share_picture or self.picture

    def pictures(self) -> list[tuple[Any, str]]:
        """Return the pictures that this page shows, each with its use, for the worker to size when it is published."""
        portraits = [(person.portrait, "portrait") for person in self.people.all() if person.portrait]
        return [*super().pictures(), *([(self.picture, "story")] if self.picture else []), *portraits]

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        """A school, or an office of the agency, with the ways to reach it."""
        place = self.reception
        facts = {"address": place.address, "telephone": place.phone, "email": place.email, "sameAs": self.unit.website}
        kind = "School" if self.unit.is_school else "GovernmentOffice"
        return {"@type": kind, "name": self.unit.name, **{name: value for name, value in facts.items() if value}}

    @property
    def standing_notices(self) -> list[UnitNotice]:
        return standing(self.notices.all())

    @cached_property
    def reception(self) -> Reception:
        """Where this unit receives phản ánh, kiến nghị."""
        return reception_of(self.unit, AgencySettings.load() if self.unit.parent_id is None else None)

    def clean(self) -> None:
        """A page stays with its unit: what was linked, printed and framed under its address means that unit."""
        super().clean()
        before = type(self).objects.filter(pk=self.pk).values_list("unit_id", flat=True).first() if self.pk else None
        if before is not None and before != self.unit_id:
            raise ValidationError({"unit": _("Trang này đã là của một đơn vị khác. Hãy tạo trang mới cho đơn vị này.")})

    def _set_core_field_defaults(self) -> None:
        """Wagtail's hook before any validation: name and address are the unit's, whatever an old draft says."""
        if self.unit_id:
            self.title = self.unit.name
            self.slug = self.unit.slug
            self.owner_unit_id = self.unit_id
        super()._set_core_field_defaults()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages right below as ``children``, and the people with their portraits."""
        context = super().get_context(request, *args, **kwargs)
        context["children"] = self.get_children().live().public().in_menu()
        people = self.people.all()
        if hasattr(people, "prefetch_related"):  # a preview holds its rows in memory
            people = people.select_related("portrait").prefetch_related("portrait__renditions")
        context["people"] = people
        return context

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """On the host name of a school, what stands only on the portal is shown where it stands."""
        try:
            return super().route(request, path_components)
        except Http404:
            address = self._on_the_portal(request, path_components)
            if not address:
                raise
            return RouteResult(self, kwargs={"elsewhere": address})

    def _on_the_portal(self, request: HttpRequest, path_components: list[str]) -> str:
        site = Site.find_for_request(request)
        portal = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None or portal is None or site == portal or site.root_page_id != self.pk:
            return ""
        try:
            found = portal.root_page.specific.route(request, path_components)
        except Http404:
            return ""
        query = request.META.get("QUERY_STRING", "")
        return f"{found.page.full_url}?{query}" if query else found.page.full_url

    def serve(self, request: HttpRequest, *args: Any, elsewhere: str = "", **kwargs: Any) -> HttpResponse:
        """Show the page, or the way to where on the portal the address leads."""
        if elsewhere:
            return HttpResponseRedirect(elsewhere)
        return super().serve(request, *args, **kwargs)
