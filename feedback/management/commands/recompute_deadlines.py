from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.ports import recomputes
from feedback.services.deadlines import deadlines_recompute


class Command(BaseCommand):
    help = _lazy("Tính lại hạn của mọi phản ánh, hồ sơ đang xử lý theo lịch làm việc hiện có.")

    def handle(self, *args, **options) -> None:
        self.stdout.write(_("%(count)d phản ánh đổi hạn") % {"count": deadlines_recompute()})
        for recompute in recomputes:
            self.stdout.write(f"{recompute.label}: {recompute.run(False)}.")
