"""What the worker does for the one-stop desk: the broom, run by the schedule."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.ports import Job
from procedures.services.apology_mails import apologies_remind
from procedures.services.retention import applicants_purge
from procedures.services.tallies import tallies_rebuild


def _purge() -> str:
    return _("%(count)d người nộp hồ sơ") % {"count": applicants_purge()}


def _count_anew() -> str:
    return _("%(count)d số đếm phải sửa") % {"count": tallies_rebuild()}


def _apologies() -> str:
    return _("%(count)d thư nhắc") % {"count": apologies_remind()}


JOBS = (
    Job("remind_apologies", _lazy("Nhắc hồ sơ phải xin lỗi, hẹn lại"), timedelta(days=1), _apologies),
    Job("purge_applicants", _lazy("Xóa thông tin người nộp hồ sơ đã hết hạn giữ"), timedelta(days=1), _purge),
    Job("count_dossiers", _lazy("Đếm lại số liệu hồ sơ"), timedelta(days=1), _count_anew),
)
