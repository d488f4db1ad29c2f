"""The kernel's own repeating jobs, handed to the schedule at start."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from cms.core.importing.runs import import_runs_forget
from cms.core.ports import Job
from cms.core.services.limits import limits_forget
from cms.core.services.outbox import mails_send_due


def _publish_scheduled() -> str:
    call_command("publish_scheduled")
    return ""


def _send_mail() -> str:
    return f"{mails_send_due()} thư"


def _forget_limits() -> str:
    return f"{limits_forget(before=timezone.now() - timedelta(days=1))} bộ đếm"


def _clean() -> str:
    call_command("clearsessions")
    call_command("captcha_clean", verbosity=0)
    call_command("prune_db_task_results", "--min-age-days=14", verbosity=0)
    return ""


def _forget_imports() -> str:
    return f"{import_runs_forget()} tệp"


KERNEL_JOBS = (
    Job("publish_scheduled", "Đăng và gỡ trang theo giờ hẹn", timedelta(seconds=20), _publish_scheduled),
    Job("send_mail", "Gửi thư trong hộp thư đi", timedelta(seconds=5), _send_mail),
    Job("forget_limits", "Xóa bộ đếm giới hạn cũ", timedelta(hours=1), _forget_limits),
    Job("forget_imports", "Xóa tệp nhập đã cũ", timedelta(hours=6), _forget_imports),
    Job("clean", "Dọn phiên làm việc, mã xác nhận và việc nền đã xong", timedelta(hours=1), _clean),
)
