"""The years of administrative reform."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from cms.core.blocks import StoryBlock
from cms.core.models import BasePage
from cms.core.search import SearchText
from cms.home.querysets import ReformYearQuerySet


class ReformYearPage(BasePage):
    """One year of administrative reform: its plans, and its papers in the order of the yearly cycle (S93).

    Plans and documents come from their owner apps by template tags; an editor chooses on a document which paper
    of which year it is.
    """

    template = "pages/home/reform_year_page.html"
    parent_page_types = ["plans.PlanIndexPage"]
    subpage_types: list[str] = []

    year = models.PositiveSmallIntegerField(
        _("năm"), unique=True, validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("nội dung"), blank=True)

    objects = PageManager.from_queryset(ReformYearQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("year"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("trang năm cải cách hành chính")
        verbose_name_plural = _("trang năm cải cách hành chính")

    def get_context(self, request, *args, **kwargs):
        """Add ``years``: the other years, the newest first."""
        context = super().get_context(request, *args, **kwargs)
        context["years"] = ReformYearPage.objects.readable().newest().exclude(pk=self.pk)
        return context

    def search_text(self) -> SearchText:
        """What the site's search knows of this page; its documents are found by themselves."""
        body = self.body.stream_block.get_searchable_content(self.body)
        return SearchText(title=self.title, body=" ".join([self.intro, *body]), url=self.url or "")
