"""Days to answer that the portal remembers of a decree and the office has not confirmed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.core.ports import Remembered, RememberedKind
from feedback.models import DeadlineProfile


def _deadlines() -> Iterator[Remembered]:
    for profile in DeadlineProfile.objects.active().unconfirmed():
        unit = _now("ngày làm việc") if profile.working else _now("ngày")
        yield Remembered(
            profile.name,
            _now("Trả lời trong %(days)d %(unit)s") % {"days": profile.answer_days, "unit": unit},
            profile.legal_basis,
            reverse("case_profile:edit", args=[profile.pk]),
            "feedback_catalogue",
        )


DEADLINES = RememberedKind("deadlines", _("Thời hạn phản ánh"), _deadlines)
