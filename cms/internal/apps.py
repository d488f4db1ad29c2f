from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InternalConfig(AppConfig):
    name = "cms.internal"
    verbose_name = _("Thông báo nội bộ ngành")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save, pre_save

        from wagtail.models import PageViewRestriction

        from cms.core.ports import IntegrityCheck, Job, register_integrity_check, register_job
        from cms.internal.models import ClosedPage
        from cms.internal.notifications import register_internal_mails
        from cms.internal.services import closing
        from cms.internal.services.files import notice_files_sweep, notice_files_without_bytes
        from cms.internal.services.receipts import reminders_queue

        for model in ClosedPage.__subclasses__():
            post_save.connect(closing.page_saved, sender=model, dispatch_uid=f"internal-{model.__name__}")
        pre_save.connect(closing.restriction_saving, sender=PageViewRestriction, dispatch_uid="internal")
        post_delete.connect(closing.restriction_deleted, sender=PageViewRestriction, dispatch_uid="internal")
        register_internal_mails()
        register_job(
            Job(
                "remind_internal_notices",
                _("Nhắc đơn vị chưa đọc thông báo nội bộ"),
                timedelta(hours=1),
                lambda: f"{reminders_queue()} thư",
            )
        )
        register_job(
            Job(
                "sweep_internal_files",
                _("Xóa tệp không thuộc thông báo nội bộ nào"),
                timedelta(hours=12),
                lambda: f"{notice_files_sweep()} tệp",
            )
        )
        register_integrity_check(
            IntegrityCheck("internal_files", _("Tệp của thông báo nội bộ còn đủ trong kho"), notice_files_without_bytes)
        )
        register_integrity_check(
            IntegrityCheck("internal_pages", _("Trang nội bộ đều khóa bằng đăng nhập"), closing.unclosed_pages)
        )
