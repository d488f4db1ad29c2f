from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "cms.library"
    verbose_name = _("Học liệu")

    def ready(self) -> None:
        from cms.core.search import SearchKind, register_search_kind, register_section
        from cms.library.models import MaterialIndexPage, MaterialPage
        from cms.library.querysets import SEARCH_KIND
        from cms.library.services.wiring import follow_materials

        register_search_kind(
            SearchKind(
                SEARCH_KIND, _("Học liệu"), MaterialPage, MaterialPage.objects.for_search, MaterialPage.search_text
            )
        )
        register_section(MaterialIndexPage)
        follow_materials()
