from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "cms.home"
    verbose_name = _("Trang chủ")

    def ready(self) -> None:
        from cms.core.search import SearchKind, public_pages, register_search_kind
        from cms.home.models import ReformYearPage

        register_search_kind(
            SearchKind(
                "reform_year",
                _("Năm cải cách hành chính"),
                ReformYearPage,
                lambda: public_pages(ReformYearPage),
                ReformYearPage.search_text,
            )
        )
