"""The library's own page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from cms.core.models import BasePage
from cms.library.models.materials import MaterialPage
from cms.library.querysets import MaterialFilters
from cms.library.querysets.filters import order_asked


class MaterialIndexPage(BasePage):
    """The library as readers see it: one form of filters, the newest or what is taken most first."""

    template = "pages/library/material_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["library.MaterialPage"]
    max_count = 1
    is_rated = False
    feed_name = "materials_feed"

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang danh mục học liệu")
        verbose_name_plural = _("trang danh mục học liệu")

    def get_context(self, request, *args, **kwargs):
        """Add one page of materials, what was asked for and how many each further choice leaves."""
        context = super().get_context(request, *args, **kwargs)
        asked, order = MaterialFilters.from_query(request.GET), order_asked(request.GET)
        materials = MaterialPage.objects.readable()
        facets = materials.facets(asked, order)
        page = materials.paged(facets.keys, request.GET.get("trang"))
        context |= {"asked": asked, "order": order, "facets": facets, "material_page": page}
        # A list narrowed or ordered by a reader is a view of the page, not a page for search engines.
        context["noindex"] = bool(asked or order)
        return context
