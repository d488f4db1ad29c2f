from django.core.management.base import BaseCommand

from feedback.services.deadlines import deadlines_recompute


class Command(BaseCommand):
    help = "Tính lại hạn của mọi phản ánh đang xử lý theo lịch làm việc hiện có."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{deadlines_recompute()} phản ánh đổi hạn")
