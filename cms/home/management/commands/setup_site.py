from django.core.management.base import BaseCommand

from cms.home.services.setup import site_setup


class Command(BaseCommand):
    help = "Dựng cây trang, vai trò, quy trình duyệt, danh mục; chạy lại không đổi gì của ai."

    def handle(self, *args, **options) -> None:
        site_setup(say=lambda line: self.stdout.write(f"  · {line}"))
        self.stdout.write(self.style.SUCCESS("Trang đã sẵn sàng."))
