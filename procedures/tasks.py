"""What the worker does for the one-stop desk: the broom, run by the schedule."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.ports import Job
from procedures.services.retention import applicants_purge


def _purge() -> str:
    return _("%(count)d người nộp hồ sơ") % {"count": applicants_purge()}


JOBS = (Job("purge_applicants", _lazy("Xóa thông tin người nộp hồ sơ đã hết hạn giữ"), timedelta(days=1), _purge),)
