from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "procedures"
    verbose_name = _("Thủ tục hành chính")

    def ready(self) -> None:
        from cms.core.api import register_open_data
        from cms.core.importing import register_import_kind
        from cms.core.ports import CodeFinder, HomeTask, register_code_finder, register_home_task, register_job
        from cms.core.search import SearchKind, register_search_kind, register_section
        from procedures.api import APOLOGIES, BASE, PROCEDURES
        from procedures.importers import PROCEDURE_IMPORT
        from procedures.importers.dossiers import DOSSIERS_IMPORT
        from procedures.models import ProcedureIndexPage, ProcedurePage
        from procedures.querysets import SEARCH_KIND
        from procedures.reports import figures_register
        from procedures.services.wiring import desk_register
        from procedures.tasks import JOBS

        procedures = ProcedurePage.objects
        register_open_data(PROCEDURES)
        register_open_data(APOLOGIES)
        register_import_kind(PROCEDURE_IMPORT)
        register_import_kind(DOSSIERS_IMPORT)
        desk_register()
        figures_register()
        for job in JOBS:
            register_job(job)
        register_code_finder(CodeFinder("procedure", _("Thủ tục hành chính"), procedures.addresses))
        register_home_task(
            HomeTask(
                "procedures",
                _("Thủ tục hành chính"),
                _("Cần giấy tờ gì, nộp ở đâu, bao lâu xong, phí bao nhiêu."),
                "procedure",
                lambda: BASE if procedures.readable().exists() else "",
            )
        )
        register_search_kind(
            SearchKind(
                SEARCH_KIND, _("Thủ tục hành chính"), ProcedurePage, procedures.for_search, ProcedurePage.search_text
            )
        )
        register_section(ProcedureIndexPage)
