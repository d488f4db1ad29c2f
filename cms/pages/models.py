"""Plain pages: about the agency, contacts, terms, guides."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.core.blocks import StoryBlock
from cms.core.models import BasePage
from cms.core.search import SearchText


class StandardPage(BasePage):
    """A page of text that may have pages below it."""

    template = "pages/pages/standard_page.html"
    parent_page_types = ["home.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]

    intro = models.TextField(_("lời dẫn"), max_length=400, blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("nội dung"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("trang nội dung")
        verbose_name_plural = _("trang nội dung")

    @property
    def summary(self) -> str:
        return super().summary or self.intro

    def search_text(self) -> SearchText:
        """What the site's search knows of this page."""
        body = self.body.stream_block.get_searchable_content(self.body)
        return SearchText(
            title=self.title, body=" ".join([self.intro, *body]), url=self.url or "", unit_id=self.owner_unit_id
        )

    def get_context(self, request, *args, **kwargs):
        """Add the pages right below as ``children``."""
        context = super().get_context(request, *args, **kwargs)
        context["children"] = self.get_children().live().public().in_menu()
        return context
