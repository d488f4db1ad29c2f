"""Two sheets that go to whoever handed a dossier in, as official letters (ADR 0044).

Form 02, “Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ”, and form 03, “Phiếu từ chối tiếp nhận, giải quyết hồ sơ”, of
Thông tư 01/2018/TT-VPCP, Điều 9, as remembered: the settings of the desk say whether the office has confirmed them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.models import AgencySettings
from cms.core.official_letters import Items, OfficialLetter, Paragraph, Part, Signature, issuer_now
from cms.core.text import format_vietnamese_date
from procedures.models.desk_settings import DossierSettings
from procedures.models.dossiers import Dossier, DossierMove


@dataclass(frozen=True)
class Sheet:
    """One form.

    Args:
        verb: the step that it tells of; it is there once the step is taken, and gone when the step is taken back.
        title: its kind, as it stands above the text.
        symbol: what follows the number.
        signer: as what the officer signs who took the step.
        before, after: what stands before and behind the words of that officer.

    """

    verb: str
    title: Any
    symbol: str
    signer: Any
    before: Callable[[Dossier], str]
    after: Callable[[Dossier], str]


def _asks(_dossier: Dossier) -> str:
    return _("Để hồ sơ được giải quyết, đề nghị ông/bà bổ sung, hoàn thiện những nội dung sau:")


def _when_it_comes(dossier: Dossier) -> str:
    """Where the papers go and what the wait does to the date, as the settings of the desk have it."""
    where = _("Ông/bà mang hoặc gửi giấy tờ bổ sung đến %(place)s.") % {"place": AgencySettings.load().one_stop_name}
    if dossier.received_at is None:
        return f"{where} {_('Thời hạn giải quyết tính từ khi nhận đủ giấy tờ.')}"
    if DossierSettings.load().supplement_restarts:
        return f"{where} {_('Thời hạn giải quyết được tính lại từ khi nhận đủ giấy tờ bổ sung.')}"
    return f"{where} {_('Thời gian chờ bổ sung không tính vào thời hạn giải quyết.')}"


def _refuses(_dossier: Dossier) -> str:
    words = _("Qua xem xét, %(agency)s không tiếp nhận, giải quyết hồ sơ này. Lý do, căn cứ:")
    return words % {"agency": AgencySettings.load().name}


def _given_back(_dossier: Dossier) -> str:
    return _("Hồ sơ được trả lại ông/bà kèm theo phiếu này.")


# By the word in the address.
SHEETS: dict[str, Sheet] = {
    "bo-sung": Sheet(
        "ask",
        gettext_lazy("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        "PYCBS",
        gettext_lazy("NGƯỜI HƯỚNG DẪN"),
        _asks,
        _when_it_comes,
    ),
    "tu-choi": Sheet(
        "refuse",
        gettext_lazy("Phiếu từ chối tiếp nhận, giải quyết hồ sơ"),
        "PTC",
        gettext_lazy("NGƯỜI TIẾP NHẬN HỒ SƠ"),
        _refuses,
        _given_back,
    ),
}


def sheet_step(dossier: Dossier, sheet: Sheet) -> DossierMove | None:
    """Return the step of which ``sheet`` tells; None before it is taken, and once its words are erased.

    ``dossier`` is read with ``with_screen_data``.
    """
    taken = [move for move in dossier.moves.all() if move.verb == sheet.verb and not move.undone and move.reason]
    return taken[-1] if taken else None


def dossier_sheet(dossier: Dossier, sheet: Sheet, step: DossierMove) -> OfficialLetter:
    """Return the letter. It names who handed the dossier in: for that person, and a look that is noted."""
    agency, applicant = AgencySettings.load(), getattr(dossier, "applicant", None)
    to = _("Ông/bà %(name)s") % {"name": applicant.name} if applicant else ""
    return OfficialLetter(
        issuer=issuer_now(),
        symbol=f"{sheet.symbol}-{agency.abbreviation}",
        dated=timezone.localdate(step.at),
        title=str(sheet.title),
        recipients=(to or _("Người nộp hồ sơ %(code)s") % {"code": dossier.code},),
        parts=_parts(dossier, sheet, step),
        signature=Signature((str(sheet.signer),), step.actor.called if step.actor else ""),
        copies=(_("Như trên"), agency.one_stop_name, _("Lưu: VT, %(unit)s") % {"unit": dossier.unit.called}),
    )


def _parts(dossier: Dossier, sheet: Sheet, step: DossierMove) -> tuple[Part, ...]:
    agency, applicant = AgencySettings.load(), getattr(dossier, "applicant", None)
    day = format_vietnamese_date(timezone.localdate(dossier.received_at or dossier.filed_at))
    facts = {"place": agency.one_stop_name, "code": dossier.code, "day": day, "procedure": dossier.procedure_name}
    came = _("%(place)s nhận hồ sơ mã số %(code)s của ông/bà ngày %(day)s, về thủ tục “%(procedure)s”.") % facts
    reach = (applicant.address, applicant.phone, applicant.email) if applicant else ("", "", "")
    labels = (_("Địa chỉ"), _("Điện thoại"), _("Thư điện tử"))
    contacts = "; ".join(f"{label}: {said}" for label, said in zip(labels, reach, strict=True) if said)
    lines = tuple(line.strip() for line in step.reason.splitlines() if line.strip())
    return (
        *([Paragraph(contacts)] if contacts else []),
        Paragraph(came),
        Paragraph(sheet.before(dossier)),
        Items(lines, numbered=len(lines) > 1),
        Paragraph(sheet.after(dossier)),
        Paragraph(_whom_to_ask(agency)),
    )


def _whom_to_ask(agency: AgencySettings) -> str:
    facts = {"place": agency.one_stop_name, "phone": agency.phone}
    if agency.phone:
        return _("Có điều chưa rõ, ông/bà hỏi tại %(place)s, điện thoại %(phone)s.") % facts
    return _("Có điều chưa rõ, ông/bà hỏi tại %(place)s.") % facts
