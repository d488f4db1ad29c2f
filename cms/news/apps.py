from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "cms.news"
    verbose_name = _("Tin tức")

    def ready(self) -> None:
        from cms.core.importing import register_import_kind
        from cms.core.search import SearchKind, public_pages, register_search_kind, register_section
        from cms.news.importers import NEWS_IMPORT
        from cms.news.models import NewsIndexPage, NewsPage
        from cms.news.querysets import SEARCH_KIND

        register_import_kind(NEWS_IMPORT)
        register_section(NewsIndexPage)
        register_search_kind(
            SearchKind(SEARCH_KIND, _("Tin tức"), NewsPage, lambda: public_pages(NewsPage), NewsPage.search_text)
        )
