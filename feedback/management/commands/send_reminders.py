from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from feedback.services.reminders import reminders_send


class Command(BaseCommand):
    help = _("Nhắc phản ánh sắp đến hạn, quá hạn; kết thúc phản ánh hết thời gian chờ. Chạy lại không gửi thư trùng.")

    def handle(self, *args, **options) -> None:
        self.stdout.write(str(reminders_send()))
