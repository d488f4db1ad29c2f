"""What an editor finds on the admin's first page: things to begin, and what they left unfinished."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.core.permissions import can
from cms.events.models import EventIndexPage, EventPage, WorkSchedulePage
from cms.home.querysets import drafts_of
from cms.news.models import NewsIndexPage, NewsPage
from cms.official_documents.models import OfficialDocumentIndexPage, OfficialDocumentPage
from cms.plans.models import PlanIndexPage, PlanPage
from procedures.models import ProcedureIndexPage, ProcedurePage

_BEGINNINGS: tuple[tuple[Any, type[Page], type[Page]], ...] = (
    (_("Viết tin mới"), NewsIndexPage, NewsPage),
    (_("Thêm văn bản"), OfficialDocumentIndexPage, OfficialDocumentPage),
    (_("Thêm kế hoạch"), PlanIndexPage, PlanPage),
    (_("Thêm thủ tục hành chính"), ProcedureIndexPage, ProcedurePage),
    (_("Thêm sự kiện"), EventIndexPage, EventPage),
    (_("Lập lịch công tác tuần"), EventIndexPage, WorkSchedulePage),
)
_IMPORTS = (
    (_("Nhập tin từ tệp"), "news_import"),
    (_("Nhập văn bản từ tệp"), "documents_import"),
    (_("Nhập kế hoạch từ Word"), "plans_import"),
    (_("Nhập thủ tục từ tệp"), "procedures_import"),
)


class EditorPanel(Component):
    """Shown to those who write pages; the number of queries does not depend on how much they wrote."""

    name = "editor"
    template_name = "home/admin/editor_panel.html"
    order = 200

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        if not can(user, "page_edit"):
            return {"links": [], "drafts": []}
        links = [(label, reverse(name)) for label, name in _IMPORTS if can(user, name)]
        return {"links": [*_beginnings(), *links], "drafts": drafts_of(user)}


def _beginnings() -> list[tuple[Any, str]]:
    found = []
    for label, index, model in _BEGINNINGS:
        parent = index.objects.values_list("pk", flat=True).first()
        if parent is not None:
            where = [model._meta.app_label, model._meta.model_name, parent]
            found.append((label, reverse("wagtailadmin_pages:add", args=where)))
    return found
