"""The list's own page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from cms.core.models import BasePage
from procedures.models.procedures import ProcedurePage
from procedures.querysets import ProcedureFilters


class ProcedureIndexPage(BasePage):
    """All procedures as readers see them: one form of filters, by name."""

    template = "pages/procedures/procedure_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["procedures.ProcedurePage"]
    max_count = 1
    is_rated = False
    feed_name = "procedures_feed"

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)
    needs = models.CharField(
        _("việc hay cần"),
        max_length=300,
        blank=True,
        help_text=_("Các cụm từ người dân hay tìm, cách nhau bằng dấu chấm phẩy: chuyển trường; bản sao bằng."),
    )
    help_text = models.TextField(
        _("khi không tìm thấy"), blank=True, help_text=_("Mỗi dòng một cách: gọi số nào, đến đâu, hỏi ai.")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("needs"), FieldPanel("help_text")]

    class Meta:
        verbose_name = _("trang danh mục thủ tục hành chính")
        verbose_name_plural = _("trang danh mục thủ tục hành chính")

    def get_context(self, request, *args, **kwargs):
        """Add one page of procedures, what was asked for, and how many each further choice leaves."""
        context = super().get_context(request, *args, **kwargs)
        asked = ProcedureFilters.from_query(request.GET)
        procedures = ProcedurePage.objects.readable()
        procedures = procedures.matching(asked.words) if asked.words else procedures  # searched once for both
        facets = procedures.facets(asked)
        page = procedures.filtered(asked).in_order().listed(request.GET.get("trang"), total=facets.total)
        context |= {"asked": asked, "facets": facets, "procedure_page": page}
        # A list narrowed by a reader is a view of the page, not a page for other search engines.
        context["noindex"] = bool(asked)
        return context

    @property
    def need_words(self) -> list[str]:
        return [phrase.strip() for phrase in self.needs.split(";") if phrase.strip()]

    @property
    def help_lines(self) -> list[str]:
        return [line.strip() for line in self.help_text.splitlines() if line.strip()]
