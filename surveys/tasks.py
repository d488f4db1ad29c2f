"""What surveys do by the clock."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.ports import Job
from surveys.services.drafts import drafts_sweep
from surveys.services.invitations import invitations_mix
from surveys.services.tallies import tallies_rebuild
from surveys.services.words import words_forget


def _forget() -> str:
    drafts, invitations = drafts_sweep()
    invitations_mix()
    told = _("%(drafts)d phiếu đang điền, %(invitations)d lời mời quá hạn, %(words)d lời góp ý hết hạn giữ")
    return told % {"drafts": drafts, "invitations": invitations, "words": words_forget()}


def _count_anew() -> str:
    return _("%(count)d số đếm phải sửa") % {"count": tallies_rebuild()}


JOBS = (
    Job(
        "forget_responses",
        _lazy("Xóa phiếu dở dang, lời mời quá hạn, lời góp ý hết hạn giữ"),
        timedelta(hours=6),
        _forget,
    ),
    Job("count_responses", _lazy("Đếm lại số liệu khảo sát"), timedelta(days=1), _count_anew),
)
