from itertools import chain

from django.core.management.base import BaseCommand, CommandError

from cms.core.models import LedgerDay, LedgerEvent
from cms.core.services.ledger import head_fault, ledger_faults, ledger_head
from cms.core.services.ledger_days import ledger_day_faults, root_fault


class Command(BaseCommand):
    help = "Soát chuỗi nhật ký sự kiện: thiếu, sửa hay chèn đều bị nêu ra; mã thoát khác 0 khi có lỗi."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--head",
            metavar="'SỐ DẤU'",
            default="",
            help="Dòng “cuối nhật ký” đã giữ ở nơi khác (nhật ký máy chủ, thư hằng ngày) để đối chiếu.",
        )

        parser.add_argument(
            "--root",
            metavar="'NGÀY DẤU'",
            action="append",
            default=[],
            help="Dấu của một ngày đã giữ ở nơi khác (trang dấu nhật ký, Atom) để đối chiếu; ghi được nhiều lần.",
        )

    def handle(self, *args, head: str, root: list[str], **options) -> None:
        faults = 0
        kept = [head_fault(head)] if head else []
        for line in chain(filter(None, [*kept, *map(root_fault, root)]), ledger_faults(), ledger_day_faults()):
            faults += 1
            self.stderr.write(line)
        if faults:
            raise CommandError(f"Nhật ký có {faults} chỗ không khớp.")
        events, days = LedgerEvent.objects.count(), LedgerDay.objects.count()
        self.stdout.write(self.style.SUCCESS(f"Nhật ký nguyên vẹn: {events} sự kiện, {days} ngày đã chốt."))
        self.stdout.write(f"Cuối nhật ký: {ledger_head()}")
