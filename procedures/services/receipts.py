"""The sheet that an applicant takes away: “Giấy tiếp nhận hồ sơ và hẹn trả kết quả”, A5 as its form has it."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import AgencySettings
from cms.core.paper import Paper
from cms.core.templatetags.core_tags import vn_date, vn_datetime
from procedures.enums import LOOKUP_PATH, TimeUnit
from procedures.models import Dossier


def lookup_address(dossier: Dossier) -> str:
    """Return the address that the QR code of a receipt leads to: the look-up with the code filled in (ADR 0042).

    It shows nothing by itself, and carries nothing that is not printed beside it.
    """
    return f"{settings.SITE_URL}{LOOKUP_PATH}?{urlencode({'ma': dossier.code})}"


def due_words(dossier: Dossier) -> str:
    """Return the appointment as people read it: hour and day, or what stands in their place."""
    if dossier.due_on is None:
        return _("Thủ tục không quy định thời hạn; cơ quan sẽ báo khi có kết quả.")
    if dossier.due_time:
        return f"{dossier.due_time:%H:%M}, {vn_date(dossier.due_on)}"
    if dossier.time_unit == TimeUnit.SESSION:
        return _("trong buổi, %(date)s") % {"date": vn_date(dossier.due_on)}
    return vn_date(dossier.due_on)


def receipt_paper(dossier: Dossier) -> bytes:
    """Return the receipt of a dossier that was taken in, as PDF; it names the applicant: for the desk alone."""
    agency, applicant = AgencySettings.load(), getattr(dossier, "applicant", None)
    paper = Paper(_("Giấy tiếp nhận %(code)s") % {"code": dossier.code}, size="A5")
    paper.letterhead()
    paper.heading(_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"))
    paper.facts(
        [
            (_("Mã hồ sơ"), dossier.code),
            (_("Nơi tiếp nhận"), agency.one_stop_name),
            (_("Người nộp"), applicant.name if applicant else ""),
            (_("Địa chỉ"), applicant.address if applicant else ""),
            (_("Điện thoại"), applicant.phone if applicant else ""),
            (_("Thư điện tử"), applicant.email if applicant else ""),
            (_("Thủ tục"), f"{dossier.procedure_name} ({dossier.procedure_code})".replace(" ()", "")),
            (_("Giấy tờ đã nhận"), "\n".join(f"{n}. {line}" for n, line in enumerate(dossier.paper_lines, 1))),
            (_("Thời hạn giải quyết"), dossier.time_words),
            (_("Nhận hồ sơ lúc"), vn_datetime(timezone.localtime(dossier.received_at)) if dossier.received_at else ""),
            (_("Hẹn trả kết quả"), due_words(dossier)),
            (_("Nhận kết quả"), dossier.get_return_channel_display()),
            (_("Đơn vị giải quyết"), dossier.unit.name),
        ]
    )
    paper.signatures(
        [_("Người nộp hồ sơ"), _("Người tiếp nhận hồ sơ")],
        ["", dossier.receiver.called if dossier.receiver else ""],
    )
    paper.qr(lookup_address(dossier), _("Quét để mở trang tra cứu hồ sơ đến đâu:"))
    return paper.content()
