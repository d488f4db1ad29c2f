from django.core.management.base import BaseCommand, CommandError

from cms.demo.services.clear import NoSampleDataError, demo_clear


class Command(BaseCommand):
    help = "Xóa dữ liệu mẫu và đóng các tài khoản dùng thử; nội dung do người thêm vẫn còn."

    def handle(self, *args, **options) -> None:
        try:
            demo_clear()
        except NoSampleDataError:
            raise CommandError("Cổng này không có dữ liệu mẫu.") from None
        self.stdout.write(self.style.SUCCESS("Đã xóa dữ liệu mẫu. Tài khoản đầu tiên: createsuperuser."))
