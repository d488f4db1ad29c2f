from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.ports import purges
from feedback.services.retention import personal_data_purge
from surveys.services.words import words_forget


class Command(BaseCommand):
    help = _lazy("Xóa thông tin cá nhân đã hết thời gian lưu giữ: người gửi phản ánh, người nộp hồ sơ, lời góp ý.")

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help=_("Chỉ thử và báo, không xóa gì."))

    def handle(self, *args, dry_run: bool, **options) -> None:
        purged = personal_data_purge(dry_run=dry_run)
        for reference, reason in purged.refused.items():
            self.stderr.write(f"{reference}: {reason}")
        told = _("Chạy thử, không xóa gì: %(report)s.") if dry_run else _("Xong: %(report)s.")
        self.stdout.write(told % {"report": purged})
        words = words_forget(dry_run=dry_run)
        self.stdout.write(_("Lời góp ý trong phiếu khảo sát hết hạn giữ: %(count)d.") % {"count": words})
        for purge in purges:
            self.stdout.write(f"{purge.label}: {purge.run(dry_run)}.")
