"""What the worker does for the citizen's side: the broom, run by the schedule, and codes that were asked for again."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from django_tasks import task

from cms.core.ports import Job
from feedback.services.comments import comments_forget
from feedback.services.draft import drafts_sweep, orphan_files_sweep
from feedback.services.ratings import ratings_forget
from feedback.services.reminders import reminders_send
from feedback.services.resend import codes_send
from feedback.services.retention import personal_data_purge
from feedback.services.tallies import tallies_rebuild


@task()
def send_codes(reference: str, token: str) -> int:
    """Send the codes that somebody asked for; return how many mails are on their way."""
    return codes_send(reference=reference, token=token)


def _sweep_drafts() -> str:
    return _("%(count)d bản nháp") % {"count": drafts_sweep()}


def _sweep_files() -> str:
    return _("%(count)d tệp") % {"count": orphan_files_sweep()}


def _forget_readers() -> str:
    addresses, refused = comments_forget()
    marks, words = ratings_forget()
    told = _("%(addresses)d thư điện tử, %(refused)d ý kiến không đăng, %(marks)d dấu đánh giá, %(words)d lời góp ý")
    return told % {"addresses": addresses, "refused": refused, "marks": marks, "words": words}


def _count_anew() -> str:
    return _("%(count)d số đếm phải sửa") % {"count": tallies_rebuild()}


def _remind() -> str:
    return str(reminders_send())


def _purge() -> str:
    return str(personal_data_purge())


JOBS = (
    Job("send_reminders", _lazy("Nhắc hạn phản ánh, kiến nghị"), timedelta(hours=6), _remind),
    Job("sweep_case_drafts", _lazy("Xóa bản nháp phản ánh đã hết hạn"), timedelta(minutes=15), _sweep_drafts),
    Job("sweep_case_files", _lazy("Xóa tệp không thuộc phản ánh nào"), timedelta(hours=12), _sweep_files),
    Job("forget_readers", _lazy("Xóa thông tin riêng của bạn đọc đã hết hạn giữ"), timedelta(hours=6), _forget_readers),
    Job("count_cases", _lazy("Đếm lại số liệu phản ánh"), timedelta(days=1), _count_anew),
    Job(
        "purge_personal_data",
        _lazy("Xóa thông tin người gửi phản ánh đã hết hạn giữ"),
        timedelta(days=1),
        _purge,
        lease=timedelta(minutes=30),
    ),
)
