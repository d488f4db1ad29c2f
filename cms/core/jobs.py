"""The kernel's own repeating jobs, handed to the schedule at start."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from wagtail.admin.models import FormState

from cms.core.importing.runs import import_runs_forget
from cms.core.notifications import LEDGER_HEAD
from cms.core.ports import Job
from cms.core.search import suggestions_renew
from cms.core.services.ledger import ledger_head
from cms.core.services.ledger_days import JOB as CLOSING
from cms.core.services.ledger_days import ledger_days_close
from cms.core.services.limits import limits_forget
from cms.core.services.outbox import mail_queue, mails_send_due
from cms.core.services.planner import planner_statistics_renew
from cms.core.services.searches import searches_forget

logger = logging.getLogger(__name__)


def _publish_scheduled() -> str:
    call_command("publish_scheduled")
    return ""


def _send_mail() -> str:
    return f"{mails_send_due()} thư"


def _forget_limits() -> str:
    return f"{limits_forget(before=timezone.now() - timedelta(days=1))} bộ đếm"


def _forget_searches() -> str:
    return f"{searches_forget()} câu tìm"


def _renew_suggestions() -> str:
    return f"{suggestions_renew()} câu tìm"


def _clean() -> str:
    call_command("clearsessions")
    call_command("captcha_clean", verbosity=0)
    # Wagtail forgets what was typed for a preview only when the next one is asked for.
    FormState.objects.stale().delete()
    call_command("prune_db_task_results", "--min-age-days=14", verbosity=0)
    return ""


def _tell_ledger_head() -> str:
    """Say outside the database how far the ledger reaches: in the server's log, and by mail to the operators."""
    head = ledger_head()
    if not head:
        return ""
    logger.info("Cuối nhật ký sự kiện: %s", head)
    for place in range(len(settings.ADMINS)):
        reference = {"operator": str(place), "head": head}
        mail_queue(kind=LEDGER_HEAD, reference=reference, dedupe_key=f"{LEDGER_HEAD}:{head}:{place}")
    return head


def _close_ledger_days() -> str:
    return f"{ledger_days_close()} ngày"


def _forget_imports() -> str:
    return f"{import_runs_forget()} tệp"


def _renew_statistics() -> str:
    planner_statistics_renew()
    return ""


KERNEL_JOBS = (
    Job("publish_scheduled", "Đăng và gỡ trang theo giờ hẹn", timedelta(seconds=20), _publish_scheduled),
    Job("send_mail", "Gửi thư trong hộp thư đi", timedelta(seconds=5), _send_mail),
    Job("forget_limits", "Xóa bộ đếm giới hạn cũ", timedelta(hours=1), _forget_limits),
    Job("forget_imports", "Xóa tệp nhập đã cũ", timedelta(hours=6), _forget_imports),
    Job("forget_searches", "Xóa lượt tìm cũ và câu tìm hiếm gặp", timedelta(hours=6), _forget_searches),
    Job("search_suggestions", "Lập lại các câu tìm được gợi ý", timedelta(hours=1), _renew_suggestions),
    Job("ledger_head", "Ghi lại dấu cuối nhật ký ra ngoài cơ sở dữ liệu", timedelta(days=1), _tell_ledger_head),
    Job("planner_statistics", "Đếm lại các bảng để tìm nhanh", timedelta(days=1), _renew_statistics),
    Job(CLOSING, "Chốt nhật ký của ngày đã qua và công bố dấu", timedelta(minutes=30), _close_ledger_days),
    Job("clean", "Dọn phiên làm việc, mã xác nhận, bản xem trước và việc nền đã xong", timedelta(hours=1), _clean),
)
