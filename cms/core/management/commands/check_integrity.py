from django.core.management.base import BaseCommand, CommandError

from cms.core.ports import integrity_checks


class Command(BaseCommand):
    help = "Hỏi lại các hàng trong cơ sở dữ liệu xem có khớp nhau không; mã thoát khác 0 khi có lỗi."

    def handle(self, *args, **options) -> None:
        faults = 0
        for check in integrity_checks:
            for line in check.run():
                faults += 1
                self.stderr.write(f"{check.label}: {line}")
        if faults:
            raise CommandError(f"Có {faults} chỗ không khớp.")
        self.stdout.write(self.style.SUCCESS("Mọi phép kiểm tra đều khớp."))
