import secrets
import time

from django.core.management.base import BaseCommand, CommandError

from cms.core.services.planner import planner_statistics_renew
from cms.demo.services.bulk import bulk_cases_seed
from cms.demo.services.dossiers import bulk_dossiers_seed
from cms.demo.services.responses import bulk_responses_seed
from cms.demo.services.seed import demo_seed
from cms.home.models import HomePage


class Command(BaseCommand):
    help = "Đưa dữ liệu mẫu và tài khoản dùng thử vào một cổng mới dựng."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--password", default="", help="Mật khẩu chung của các tài khoản; để trống thì tự đặt.")

        parser.add_argument(
            "--cases",
            type=int,
            default=0,
            metavar="SỐ",
            help="Thêm cho đủ bấy nhiêu phản ánh, ghi hàng loạt, để đo cổng khi có nhiều dữ liệu (ví dụ 100000).",
        )
        parser.add_argument(
            "--dossiers",
            type=int,
            default=0,
            metavar="SỐ",
            help="Thêm cho đủ bấy nhiêu hồ sơ, ghi hàng loạt, để đo cổng khi có nhiều dữ liệu (ví dụ 200000).",
        )

        parser.add_argument(
            "--responses",
            type=int,
            default=0,
            metavar="SỐ",
            help="Thêm cho đủ bấy nhiêu phiếu khảo sát SIPAS, ghi hàng loạt (ví dụ 50000 phiếu, hơn một triệu câu).",
        )

    def handle(self, *args, password: str, cases: int, dossiers: int, responses: int, **options) -> None:
        if not HomePage.objects.exists():
            raise CommandError("Chưa có cây trang. Chạy setup_site trước.")
        given = password or secrets.token_urlsafe(9)
        demo_seed(password=given)
        self.stdout.write(self.style.SUCCESS("Đã có dữ liệu mẫu."))
        bulk = (
            ("phản ánh", cases, bulk_cases_seed),
            ("hồ sơ", dossiers, bulk_dossiers_seed),
            ("phiếu khảo sát", responses, bulk_responses_seed),
        )
        for what, total, seed in bulk:
            if total:
                began = time.monotonic()
                added = seed(total=total)
                planner_statistics_renew()
                self.stdout.write(f"Đã thêm {added} {what} trong {time.monotonic() - began:.0f} giây.")
        if not password:
            self.stdout.write(f"Mật khẩu chung của tài khoản dùng thử: {given}")
