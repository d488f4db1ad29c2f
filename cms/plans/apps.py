from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "cms.plans"
    verbose_name = _("Kế hoạch")

    def ready(self) -> None:
        from cms.core.importing import register_import_kind
        from cms.core.ports import CitationFinder, register_citation_finder
        from cms.core.search import SearchKind, register_search_kind
        from cms.plans.importers import PLAN_IMPORT
        from cms.plans.models import PlanPage
        from cms.plans.querysets import SEARCH_KIND

        plans = PlanPage.objects
        register_import_kind(PLAN_IMPORT)
        register_citation_finder(CitationFinder(SEARCH_KIND, _("Kế hoạch"), plans.cited))
        register_search_kind(SearchKind(SEARCH_KIND, _("Kế hoạch"), PlanPage, plans.for_search, PlanPage.search_text))
