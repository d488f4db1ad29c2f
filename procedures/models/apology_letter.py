"""The letter itself as an official letter (ADR 0044): “Phiếu xin lỗi và hẹn lại ngày trả kết quả”, form 04."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import AgencySettings
from cms.core.official_letters import OfficialLetter, Paragraph, Signature, issuer_now
from cms.core.text import format_vietnamese_date, weekday_name
from procedures.enums import LOOKUP_PATH, ApologyKind
from procedures.models.apologies import Apology

SYMBOL = "PXL"


def apology_letter(apology: Apology, *, named: bool = True) -> OfficialLetter:
    """Return the letter. ``named``, it names who handed the dossier in: for that person, and a look that is noted."""
    agency, dossier = AgencySettings.load(), apology.dossier
    applicant = getattr(dossier, "applicant", None)
    name = applicant.name if applicant and named else ""
    to = _("Ông/bà %(name)s") % {"name": name} if name else _("Người nộp hồ sơ %(code)s") % {"code": dossier.code}
    return OfficialLetter(
        issuer=issuer_now(),
        symbol=f"{SYMBOL}-{agency.abbreviation}",
        number=apology.number,
        dated=timezone.localdate(apology.approved_at) if apology.approved_at else None,
        title=_title(apology),
        recipients=(to,),
        parts=tuple(Paragraph(words) for words in _said(apology, agency) if words),
        signature=Signature(
            tuple(filter(None, (apology.signer_title or agency.head_title).splitlines())), apology.signer_name
        ),
        copies=(_("Như trên"), agency.one_stop_name, _("Lưu: VT, %(unit)s") % {"unit": apology.unit.called}),
    )


def _title(apology: Apology) -> str:
    if apology.kind == ApologyKind.LATE:
        return _("Phiếu xin lỗi và hẹn lại ngày trả kết quả")
    return _("Thư xin lỗi")


def _said(apology: Apology, agency: AgencySettings) -> list[str]:
    dossier = apology.dossier
    facts = {
        "agency": agency.name,
        "code": dossier.code,
        "procedure": dossier.procedure_name,
        "received": format_vietnamese_date(timezone.localdate(dossier.received_at or dossier.filed_at), long=True),
        "place": agency.one_stop_name,
        "due": _long(apology.old_due_on),
    }
    asked = _("%(agency)s đã nhận hồ sơ mã số %(code)s của ông/bà ngày %(received)s, về thủ tục “%(procedure)s”.")
    appointed = _("Ngày hẹn trả kết quả là %(due)s.") if apology.old_due_on else ""
    first = f"{asked} {appointed}".strip() % {**facts, "received": facts["received"].removeprefix(_("ngày") + " ")}
    reason = _("Lý do: %(reason)s") % {"reason": apology.reason_words}
    told = [first, f"{_what_happened(apology)} {reason}", _sorry(apology) % facts, _ask_where(agency)]
    return [*told, _("Mong ông/bà thông cảm")]


def _what_happened(apology: Apology) -> str:
    if apology.kind == ApologyKind.MISTAKE:
        return _("Khi giải quyết hồ sơ này đã có sai sót.")
    if apology.kind == ApologyKind.LATE_AGAIN:
        return _("Hồ sơ đã được hẹn lại một lần nhưng đến nay vẫn chưa có kết quả.")
    return _("Hồ sơ không kịp giải quyết xong đúng ngày đã hẹn.")


def _sorry(apology: Apology) -> str:
    """With the places of the agency left open."""
    new = _long(apology.new_due_on)
    if apology.kind == ApologyKind.MISTAKE:
        words = _("Việc này gây phiền hà, tốn kém cho ông/bà. %(agency)s xin lỗi ông/bà và sửa lại cho đúng.")
        return f"{words} {_('Ngày trả kết quả đã sửa là {day}.').format(day=new)}" if new else words
    if apology.kind == ApologyKind.LATE_AGAIN:
        return _(
            "Sự chậm trễ này gây phiền hà, tốn kém cho ông/bà. %(agency)s xin lỗi ông/bà lần nữa; hồ sơ đang được giải "
            "quyết trước các việc khác và ông/bà được báo ngay khi có kết quả."
        )
    words = _("Sự chậm trễ này gây phiền hà, tốn kém cho ông/bà. %(agency)s xin lỗi ông/bà và hẹn trả kết quả vào ")
    return f"{words}{new}."


def _ask_where(agency: AgencySettings) -> str:
    address = f"{settings.SITE_URL}{LOOKUP_PATH}"
    if agency.phone:
        words = _("Ông/bà xem hồ sơ đến đâu tại %(address)s hoặc gọi %(phone)s.")
        return words % {"address": address, "phone": agency.phone}
    return _("Ông/bà xem hồ sơ đến đâu tại %(address)s.") % {"address": address}


def _long(day) -> str:  # type: ignore[no-untyped-def]
    return f"{weekday_name(day)}, {format_vietnamese_date(day, long=True)}" if day else ""
