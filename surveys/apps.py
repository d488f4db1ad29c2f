from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("Khảo sát")

    def ready(self) -> None:
        from cms.core.importing import register_import_kind
        from cms.core.ports import register_figure, register_integrity_check, register_job, register_moderation_kind
        from cms.core.search import SearchKind, register_search_kind, register_section
        from surveys.importers import RESPONSES_IMPORT
        from surveys.models import SurveyIndexPage, SurveyPage
        from surveys.querysets.pages import SEARCH_KIND
        from surveys.reports.home import SATISFACTION
        from surveys.services.integrity import CHECKS
        from surveys.services.words import OPEN_WORDS
        from surveys.tasks import JOBS

        register_search_kind(
            SearchKind(SEARCH_KIND, _("Khảo sát"), SurveyPage, SurveyPage.objects.for_search, SurveyPage.search_text)
        )
        register_section(SurveyIndexPage)
        register_import_kind(RESPONSES_IMPORT)
        register_figure(SATISFACTION)
        register_moderation_kind(OPEN_WORDS)
        for check in CHECKS:
            register_integrity_check(check)
        for job in JOBS:
            register_job(job)
