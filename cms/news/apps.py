from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "cms.news"
    verbose_name = _("Tin tức")

    def ready(self) -> None:
        from cms.core.search import SearchKind, public_pages, register_search_kind
        from cms.news.models import NewsPage

        register_search_kind(
            SearchKind("news", _("Tin tức"), NewsPage, lambda: public_pages(NewsPage), NewsPage.search_text)
        )
