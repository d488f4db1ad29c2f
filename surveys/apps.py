from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("Khảo sát")

    def ready(self) -> None:
        from cms.core import ports
        from cms.core.importing import register_import_kind
        from cms.core.search import SearchKind, register_search_kind, register_section
        from surveys.importers import RESPONSES_IMPORT
        from surveys.models import SurveyIndexPage, SurveyPage
        from surveys.querysets.pages import SEARCH_KIND
        from surveys.reports.home import SATISFACTION
        from surveys.reports.units import SURVEYS_ABOUT
        from surveys.services.integrity import CHECKS
        from surveys.services.words import OPEN_WORDS
        from surveys.tasks import JOBS

        register_search_kind(
            SearchKind(SEARCH_KIND, _("Khảo sát"), SurveyPage, SurveyPage.objects.for_search, SurveyPage.search_text)
        )
        register_section(SurveyIndexPage)
        register_import_kind(RESPONSES_IMPORT)
        ports.register_figure(SATISFACTION)
        ports.register_unit_slot(SURVEYS_ABOUT)
        ports.register_moderation_kind(OPEN_WORDS)
        for check in CHECKS:
            ports.register_integrity_check(check)
        for job in JOBS:
            ports.register_job(job)
