"""Questions to the rows of surveys; every line of an answer is a fault in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.ports import IntegrityCheck
from surveys.models import SurveyVersion
from surveys.services.months import months_fit_tallies
from surveys.services.snapshots import snapshots_fit_digests
from surveys.services.tallies import tallies_fit_responses


def answered_versions_are_frozen() -> Iterable[str]:
    """Yield versions that were answered and could still be changed."""
    for version in SurveyVersion.objects.unfrozen().filter(responses__isnull=False).select_related("survey").distinct():
        yield _("%(version)s: đã có phiếu trả lời mà chưa khóa.") % {"version": version}


CHECKS = (
    IntegrityCheck("survey_tallies", _lazy("Số đếm khảo sát khớp với phiếu"), tallies_fit_responses),
    IntegrityCheck("survey_months", _lazy("Bảng đếm khảo sát theo tháng khớp với số đếm"), months_fit_tallies),
    IntegrityCheck("survey_snapshots", _lazy("Kết quả đã công bố còn nguyên"), snapshots_fit_digests),
    IntegrityCheck("survey_versions", _lazy("Bản câu hỏi đã có phiếu đều được khóa"), answered_versions_are_frozen),
)
