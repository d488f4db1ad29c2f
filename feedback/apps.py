from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Phản ánh, kiến nghị")

    def ready(self) -> None:
        from wagtail.signals import published, unpublished

        from cms.core.ports import Job, register_integrity_check, register_job
        from cms.core.search import register_search_kind
        from cms.core.services.calendar import on_calendar_change
        from feedback.models import PublicCase
        from feedback.notifications import register_notices
        from feedback.services import checks  # noqa: F401 - registers the system check
        from feedback.services.deadlines import deadlines_recompute
        from feedback.services.integrity import CHECKS
        from feedback.services.publication import public_case_went_dark, public_case_went_live
        from feedback.services.reminders import reminders_send
        from feedback.services.search import PUBLIC_CASES
        from feedback.tasks import DRAFT_JOBS

        register_notices()
        for check in CHECKS:
            register_integrity_check(check)
        register_job(
            Job("send_reminders", "Nhắc hạn phản ánh, kiến nghị", timedelta(hours=6), lambda: str(reminders_send()))
        )
        for job in DRAFT_JOBS:
            register_job(job)
        register_search_kind(PUBLIC_CASES)
        on_calendar_change(deadlines_recompute)
        published.connect(public_case_went_live, sender=PublicCase, dispatch_uid="feedback-live")
        unpublished.connect(public_case_went_dark, sender=PublicCase, dispatch_uid="feedback-dark")
