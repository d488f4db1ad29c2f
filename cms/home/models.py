"""The home page: a counter, not a poster."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.core.models import BasePage
from cms.home.blocks import TaskLinksBlock


class HomePage(BasePage):
    """The first page. Lists and figures on it come from their owner apps by template tags."""

    template = "pages/home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    question = models.CharField(_("câu hỏi đầu trang"), max_length=80, default=_("Ông/bà cần giải quyết việc gì?"))
    frequent_searches = models.CharField(
        _("thường tìm"),
        max_length=300,
        blank=True,
        help_text=_("Các cụm từ người dân hay tìm, cách nhau bằng dấu chấm phẩy."),
    )
    tasks = StreamField(TaskLinksBlock(), verbose_name=_("việc thường làm"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("question"),
        FieldPanel("frequent_searches"),
        FieldPanel("tasks"),
    ]

    class Meta:
        verbose_name = _("trang chủ")
        verbose_name_plural = _("trang chủ")

    @property
    def frequent(self) -> list[str]:
        """The frequent searches, one phrase each."""
        return [phrase.strip() for phrase in self.frequent_searches.split(";") if phrase.strip()]
