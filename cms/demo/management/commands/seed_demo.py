import secrets

from django.core.management.base import BaseCommand, CommandError

from cms.demo.services.seed import demo_seed
from cms.home.models import HomePage


class Command(BaseCommand):
    help = "Đưa dữ liệu mẫu và tài khoản dùng thử vào một cổng mới dựng."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--password", default="", help="Mật khẩu chung của các tài khoản; để trống thì tự đặt.")

    def handle(self, *args, password: str, **options) -> None:
        if not HomePage.objects.exists():
            raise CommandError("Chưa có cây trang. Chạy setup_site trước.")
        given = password or secrets.token_urlsafe(9)
        demo_seed(password=given)
        self.stdout.write(self.style.SUCCESS("Đã có dữ liệu mẫu."))
        if not password:
            self.stdout.write(f"Mật khẩu chung của tài khoản dùng thử: {given}")
