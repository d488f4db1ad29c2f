"""Sample figures of an older report, and an evaluation of the online and postal service of a quarter."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.accounts.models import User
from procedures.models import DossierReport, ServiceEvaluation
from procedures.services.dossier_reports import dossier_report_save, service_evaluation_save

_MIDDLE = 12  # days ago; the sample dossiers came in the last 24
# The portal counted nothing in those days: the office keys what its report said.
REPORT_PERIOD, REPORT_SOURCE = "2019-Q1", "Dữ liệu mẫu: sổ theo dõi của nơi tiếp nhận, quý I năm 2019"
NUMBERS: dict[str, Any] = {
    **{"received": 92, "resolved": 88, "early": 85, "on_time": 3, "late": 0, "in_progress": 4},
    **{"rated": 94, "satisfied": 94},
}
ONLINE = (
    "Dữ liệu mẫu. Phần lớn phụ huynh nộp hồ sơ chuyển trường trên mạng; hồ sơ nộp trên mạng có kết quả sớm hơn.\n\n"
    "Hạn chế: nhiều người chụp ảnh giấy tờ bị mờ nên phải bổ sung. Quý tới, trang hướng dẫn có thêm ảnh mẫu."
)
POST = (
    "Dữ liệu mẫu. Bưu điện nhận bàn giao mỗi ngày một lần, chưa hồ sơ nào thất lạc.\n\n"
    "Hạn chế: ít người biết được nhận kết quả tại nhà. Bộ phận Một cửa sẽ hỏi từng người khi nhận hồ sơ."
)


def dossier_reports_seed() -> None:
    """Key a report and publish an evaluation, through their services; what is there stays as it is."""
    people = {user.username: user for user in User.objects.filter(username__in=("baocao", "duyetdang"))}
    line = DossierReport.objects.of_line(period=REPORT_PERIOD, unit=None, field=None)
    if not line.exists():
        dossier_report_save(actor=people["baocao"], period=REPORT_PERIOD, source=REPORT_SOURCE, public=True, **NUMBERS)
    if not ServiceEvaluation.objects.of_period(_quarter()).exists():
        service_evaluation_save(
            actor=people["duyetdang"], period=_quarter(), public=True, online_words=ONLINE, post_words=POST
        )


def dossier_reports_clear() -> None:
    """Take the sample report and evaluation away; what people keyed beside them stays."""
    DossierReport.objects.of_line(period=REPORT_PERIOD, unit=None, field=None).filter(source=REPORT_SOURCE).delete()
    ServiceEvaluation.objects.filter(online_words=ONLINE).delete()


def _quarter() -> str:
    """Return the quarter in which most of the sample dossiers came: an evaluation needs something to evaluate."""
    day = timezone.localdate() - timedelta(days=_MIDDLE)
    return f"{day.year}-Q{(day.month + 2) // 3}"
