from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    verbose_name = _("Nền tảng")

    def ready(self) -> None:
        from cms.core.api import register_open_data
        from cms.core.api.units import UNITS
        from cms.core.choosers import choosers_without_inline_scripts
        from cms.core.jobs import KERNEL_JOBS
        from cms.core.notifications import register_ledger_mail, register_moderation_mails, register_text_mails
        from cms.core.ports import IntegrityCheck, register_integrity_check, register_job, register_remembered
        from cms.core.services.ledger import ledger_faults
        from cms.core.services.ledger_days import ledger_day_faults
        from cms.core.services.mail_texts import mail_text_faults
        from cms.core.services.moderation import follow_moderation
        from cms.core.services.remembered import CALENDAR
        from cms.core.tasks import follow_pictures

        choosers_without_inline_scripts()
        register_open_data(UNITS)
        register_integrity_check(IntegrityCheck("ledger", "Chuỗi nhật ký sự kiện", ledger_faults))
        register_integrity_check(IntegrityCheck("ledger_days", "Dấu nhật ký từng ngày", ledger_day_faults))
        register_integrity_check(IntegrityCheck("mail_texts", "Lời của thư đã sửa", mail_text_faults))
        register_remembered(CALENDAR)
        for job in KERNEL_JOBS:
            register_job(job)
        register_moderation_mails()
        register_ledger_mail()
        register_text_mails()
        follow_moderation()
        follow_pictures()
