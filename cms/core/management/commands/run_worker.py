from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.core.worker import INTERVAL, PortalWorker


class Command(BaseCommand):
    help = _("Chạy việc nền (hàng đợi) và lịch định kỳ cho tới khi nhận tín hiệu dừng.")

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=INTERVAL, help=_("Số giây nghỉ khi không có việc."))
        parser.add_argument("--name", default="", help=_("Tên của tiến trình này trong bảng lịch; mặc định: máy-pid."))

    def handle(self, *args, interval, name, **options):
        worker = PortalWorker(name=name, interval=interval)
        worker.configure_signals()
        worker.run()
