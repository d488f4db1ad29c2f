from django.core.management.base import BaseCommand, CommandError

from cms.core.models import LedgerEvent
from cms.core.services.ledger import ledger_faults


class Command(BaseCommand):
    help = "Soát chuỗi nhật ký sự kiện: thiếu, sửa hay chèn đều bị nêu ra; mã thoát khác 0 khi có lỗi."

    def handle(self, *args, **options) -> None:
        faults = 0
        for line in ledger_faults():
            faults += 1
            self.stderr.write(line)
        if faults:
            raise CommandError(f"Nhật ký có {faults} chỗ không khớp.")
        self.stdout.write(self.style.SUCCESS(f"Nhật ký nguyên vẹn: {LedgerEvent.objects.count()} sự kiện."))
