"""The home page: a counter, not a poster."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.core.models import BasePage
from cms.core.ports import home_tasks
from cms.home.blocks import SectionsBlock, TaskLinksBlock


class HomePage(BasePage):
    """The first page. Lists and figures on it come from their owner apps by template tags."""

    template = "pages/home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    is_rated = False

    question = models.CharField(
        _("câu hỏi đầu trang"), max_length=80, default=_("Ông/bà cần giải\u00a0quyết việc\u00a0gì?")
    )
    frequent_searches = models.CharField(
        _("thường tìm"),
        max_length=300,
        blank=True,
        help_text=_("Các cụm từ người dân hay tìm, cách nhau bằng dấu chấm phẩy."),
    )
    tasks = StreamField(TaskLinksBlock(), verbose_name=_("việc thường làm"), blank=True)
    sections = StreamField(
        SectionsBlock(), verbose_name=_("các dải bên dưới"), blank=True, help_text=_("Theo thứ tự hiện ra.")
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("question"),
        FieldPanel("frequent_searches"),
        FieldPanel("tasks"),
        FieldPanel("sections"),
    ]

    class Meta:
        verbose_name = _("trang chủ")
        verbose_name_plural = _("trang chủ")

    @property
    def shown_tasks(self) -> list[dict[str, str]]:
        """The editors' tasks, then those that apps bring by themselves; an editor's own words for one win."""
        chosen = [task.value for task in self.tasks if task.value.shown]
        tasks = [
            {"href": task.href, "title": task.heading, "text": task["text"], "icon": task["icon"]} for task in chosen
        ]
        known = {task["href"] for task in tasks}
        brought = [(task, task.address()) for task in home_tasks]
        return tasks + [
            {"href": address, "title": str(task.label), "text": str(task.text), "icon": task.icon}
            for task, address in brought
            if address and address not in known
        ]

    @property
    def frequent(self) -> list[str]:
        """The frequent searches, one phrase each."""
        return [phrase.strip() for phrase in self.frequent_searches.split(";") if phrase.strip()]
