"""The page of the one-stop desk: where, when, who, and how people are met there (S18, S29, S72, S75, S86)."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.core.blocks import StoryBlock
from cms.core.models import AgencySettings, BasePage
from cms.core.search import SearchText
from procedures.models.catalogue import ReceivingPlace
from procedures.models.duty import DutyOfficer, duty_week


class OneStopPage(BasePage):
    """Places, hours and turns come from their lists; editors write the rules of conduct and what else to know."""

    template = "pages/procedures/one_stop_page.html"
    parent_page_types = ["home.HomePage", "pages.StandardPage"]
    subpage_types: list[str] = []

    intro = models.TextField(_("lời dẫn"), max_length=400, blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("nội quy, thái độ phục vụ, điều cần biết"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("trang một cửa")
        verbose_name_plural = _("trang một cửa")

    @property
    def summary(self) -> str:
        return super().summary or self.intro

    def search_text(self) -> SearchText:
        """What the site's search knows: the words of the page, and the places by name and address."""
        places = [f"{place.name} {place.address}" for place in ReceivingPlace.objects.in_order()]
        words = self.body.stream_block.get_searchable_content(self.body)
        return SearchText(
            title=self.title,
            body=" ".join([self.intro, AgencySettings.load().one_stop_name, *places, *words]),
            url=self.url or "",
            unit_id=self.owner_unit_id,
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``places``, the ``roster`` of the week, and the ``officers`` with their pictures."""
        context = super().get_context(request, *args, **kwargs)
        places = list(ReceivingPlace.objects.in_order())
        context["places"] = places
        context["roster"] = duty_week(places, timezone.localdate())
        context["officers"] = list(DutyOfficer.objects.serving())
        return context
