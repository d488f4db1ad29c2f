"""Questions to the dossiers; every line of an answer is a fault in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.models import LedgerEvent
from cms.core.ports import IntegrityCheck
from procedures.models import Apology, Dossier
from procedures.services.intake import search_words
from procedures.services.tallies import tallies_fit_dossiers


def dossier_clocks_fit_states() -> Iterable[str]:
    """Yield dossiers whose clock stands still without a reason, or runs while the citizen is asked."""
    for code in Dossier.objects.clock_unsound().values_list("code", flat=True):
        yield _("%(code)s: việc tạm dừng tính hạn không khớp với tình trạng.") % {"code": code}


def dossier_events_fit_states() -> Iterable[str]:
    """Yield dossiers whose stored state is not the one that the ledger knows last."""
    last: dict[str, str] = {}
    rows = LedgerEvent.objects.filter(subject_type="dossier", data__has_key="version")
    for key, data in rows.order_by("seq").values_list("subject_key", "data").iterator():
        last[key] = data["to"]
    for code, state in Dossier.objects.order_by().values_list("code", "state").iterator():
        if last.get(code) != state:
            yield _("%(code)s: tình trạng không khớp với nhật ký.") % {"code": code}


def dossier_words_fit_rows() -> Iterable[str]:
    """Yield dossiers that their own code does not find."""
    names = ("code", "procedure_code", "procedure_name", "search_text")
    for code, procedure_code, name, words in Dossier.objects.order_by().values_list(*names).iterator():
        if words != search_words(code, procedure_code, name):
            yield _("%(code)s: chữ để tìm không khớp với hồ sơ.") % {"code": code}


def apologies_fit_dossiers() -> Iterable[str]:
    """Yield letters that gave a new day which the dossier does not have."""
    for code in Apology.objects.at_odds().values_list("dossier__code", flat=True):
        yield _("%(code)s: ngày hẹn lại không khớp với thư xin lỗi.") % {"code": code}


CHECKS = (
    IntegrityCheck("apologies", _lazy("Ngày hẹn lại khớp thư xin lỗi"), apologies_fit_dossiers),
    IntegrityCheck("dossier_clocks", _lazy("Đồng hồ của hồ sơ khớp tình trạng"), dossier_clocks_fit_states),
    IntegrityCheck("dossier_events", _lazy("Tình trạng hồ sơ khớp nhật ký"), dossier_events_fit_states),
    IntegrityCheck("dossier_tallies", _lazy("Số liệu hồ sơ công bố khớp với hồ sơ"), tallies_fit_dossiers),
    IntegrityCheck("dossier_words", _lazy("Hồ sơ tìm được bằng mã của nó"), dossier_words_fit_rows),
)
