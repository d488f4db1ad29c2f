from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SWEEP = "Xóa tệp không thuộc sản phẩm nào của kế hoạch"


class PlansConfig(AppConfig):
    name = "cms.plans"
    verbose_name = _("Kế hoạch")

    def ready(self) -> None:
        from cms.core.api import register_open_data
        from cms.core.importing import register_import_kind
        from cms.core.ports import (
            CitationFinder,
            IntegrityCheck,
            Job,
            register_citation_finder,
            register_figure,
            register_integrity_check,
            register_job,
        )
        from cms.core.search import SearchKind, register_search_kind, register_section
        from cms.plans.api import PLANS
        from cms.plans.importers import PLAN_IMPORT, PLAN_TASKS_IMPORT
        from cms.plans.models import PlanIndexPage, PlanPage
        from cms.plans.notifications import register_plan_mails
        from cms.plans.querysets import SEARCH_KIND
        from cms.plans.reports import TASKS_DONE
        from cms.plans.services.products import products_sweep, products_without_bytes

        plans = PlanPage.objects
        register_open_data(PLANS)
        register_import_kind(PLAN_IMPORT)
        register_import_kind(PLAN_TASKS_IMPORT)
        register_plan_mails()
        register_job(Job("sweep_plan_products", SWEEP, timedelta(hours=12), lambda: f"{products_sweep()} tệp"))
        register_integrity_check(
            IntegrityCheck("plan_products", "Tệp sản phẩm của nhiệm vụ còn đủ trong kho", products_without_bytes)
        )
        register_citation_finder(CitationFinder(SEARCH_KIND, _("Kế hoạch"), plans.cited))
        register_figure(TASKS_DONE)
        register_section(PlanIndexPage)
        register_search_kind(SearchKind(SEARCH_KIND, _("Kế hoạch"), PlanPage, plans.for_search, PlanPage.search_text))
