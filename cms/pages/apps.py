from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "cms.pages"
    verbose_name = _("Trang")

    def ready(self) -> None:
        from cms.core.search import SearchKind, public_pages, register_search_kind
        from cms.pages.models import QuestionsPage, StandardPage

        register_search_kind(
            SearchKind(
                "page",
                _("Trang giới thiệu"),
                StandardPage,
                lambda: public_pages(StandardPage),
                StandardPage.search_text,
            )
        )
        register_search_kind(
            SearchKind(
                "questions",
                _("Hỏi đáp"),
                QuestionsPage,
                lambda: public_pages(QuestionsPage),
                QuestionsPage.search_text,
            )
        )
