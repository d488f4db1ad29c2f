from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    verbose_name = _("Nền tảng")

    def ready(self) -> None:
        from cms.core.choosers import choosers_without_inline_scripts
        from cms.core.jobs import KERNEL_JOBS
        from cms.core.notifications import register_moderation_mails
        from cms.core.ports import IntegrityCheck, register_integrity_check, register_job
        from cms.core.services.ledger import ledger_faults
        from cms.core.services.moderation import follow_moderation

        choosers_without_inline_scripts()
        register_integrity_check(IntegrityCheck("ledger", "Chuỗi nhật ký sự kiện", ledger_faults))
        for job in KERNEL_JOBS:
            register_job(job)
        register_moderation_mails()
        follow_moderation()
