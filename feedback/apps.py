from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Phản ánh, kiến nghị")

    def ready(self) -> None:
        from wagtail.signals import published, unpublished

        from cms.core.api import register_open_data
        from cms.core.importing import register_import_kind
        from cms.core.ports import register_figure, register_job, register_moderation_kind
        from cms.core.search import register_search_kind, register_section, register_word_column
        from feedback.api.shared import CASE_FIGURES, CASES
        from feedback.importers import CASES_IMPORT
        from feedback.models import FeedbackIndexPage, PublicCase
        from feedback.notifications import register_mails
        from feedback.querysets.words import WORD_COLUMNS
        from feedback.reports import ANSWERS_ON_TIME
        from feedback.services.comments import COMMENTS
        from feedback.services.publication import public_case_went_dark, public_case_went_live
        from feedback.services.search import PUBLIC_CASES
        from feedback.services.wiring import desk_register
        from feedback.tasks import JOBS

        register_import_kind(CASES_IMPORT)
        register_mails()
        register_open_data(CASES)
        register_open_data(CASE_FIGURES)
        register_moderation_kind(COMMENTS)
        for job in JOBS:
            register_job(job)
        for column in WORD_COLUMNS:
            register_word_column(column)
        register_section(FeedbackIndexPage)
        register_search_kind(PUBLIC_CASES)
        register_figure(ANSWERS_ON_TIME)
        desk_register()
        published.connect(public_case_went_live, sender=PublicCase, dispatch_uid="feedback-live")
        unpublished.connect(public_case_went_dark, sender=PublicCase, dispatch_uid="feedback-dark")
