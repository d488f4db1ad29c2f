"""The mails about letters of apology: the letter itself, and what the office has to do about one.

An outbox row keeps keys; address, words and the letter's file are made when the mail leaves. What was withdrawn, went
on or is no longer the reader's business is not told.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.core.letters import letter_mail
from cms.core.models import Unit
from cms.core.official_letters import letter_pdf
from cms.core.permissions import can
from cms.core.ports import Letter, MailKind, Place, RenderedMail, register_letter, register_mail_kind
from procedures.enums import LOOKUP_PATH, ApologyState
from procedures.models import Apology
from procedures.models.apologies import apologies_wanted
from procedures.models.apology_letter import apology_letter
from procedures.notifications.places import CODE, FOLLOW, PROCEDURE, READERS, SITE

OFFICERS = _("Cán bộ một cửa, lãnh đạo")
NEW_DAY = Place(
    "new_due", _("ngày hẹn lại"), _("Ngày trả kết quả mới; trống khi không hẹn lại."), "17/07/2026", optional=True
)
WHY = Place(
    "reason",
    _("lý do"),
    _("Loại lý do và lời của cơ quan."),
    _("Chờ cơ quan phối hợp. Trường nơi chuyển đến chưa trả lời."),
    private=True,
)
UNIT = Place("unit", _("tên đơn vị"), _("Đơn vị giải quyết hồ sơ."), _("Phòng Giáo dục Mẫu"), private=True)
COUNT = Place("count", _("số hồ sơ"), _("Bao nhiêu hồ sơ cần thư xin lỗi."), "3")
DESK = Place(
    "desk", _("trang thư xin lỗi"), _("Ở phần quản trị; phải đăng nhập."), f"{SITE}/quan-tri/", link=True, needed=True
)
# Kind: label, subject, reader, places.
_KINDS: dict[str, tuple[Any, Any, Any, tuple[Place, ...]]] = {
    "dossier_apology": (
        _("Thư xin lỗi"), _("Xin lỗi về hồ sơ {mã hồ sơ}"), READERS, (CODE, PROCEDURE, WHY, NEW_DAY, FOLLOW),
    ),
    "dossier_apology_withdrawn": (
        _("Rút thư xin lỗi"), _("Về thư xin lỗi hồ sơ {mã hồ sơ}"), READERS, (CODE, WHY, NEW_DAY, FOLLOW),
    ),
    "apology_waits": (
        _("Thư xin lỗi chờ duyệt"), _("Thư xin lỗi hồ sơ {mã hồ sơ} chờ duyệt"), OFFICERS, (CODE, UNIT, DESK),
    ),
    "apology_returned": (
        _("Thư xin lỗi bị trả lại"), _("Thư xin lỗi hồ sơ {mã hồ sơ} được trả lại"), OFFICERS, (CODE, UNIT, DESK),
    ),
    "apology_due": (
        _("Hồ sơ cần thư xin lỗi"), _("{số hồ sơ} hồ sơ cần thư xin lỗi"), OFFICERS, (COUNT, UNIT, DESK),
    ),
}  # fmt: skip
_HOLDS = {
    "dossier_apology": ApologyState.DELIVERED,
    "dossier_apology_withdrawn": ApologyState.WITHDRAWN,
    "apology_waits": ApologyState.PENDING,
    "apology_returned": ApologyState.DRAFT,
}
_RIGHTS = {"apology_waits": "apology_approve", "apology_returned": "dossier_apologise"}


def register_apology_mails() -> None:
    """Hand the kinds and their words to the outbox; called once, at start."""
    renderers: dict[str, Callable[[str, Mapping[str, str]], RenderedMail | None]] = {"apology_due": _render_due}
    for kind, (label, subject, reader, places) in _KINDS.items():
        renderer = renderers.get(kind, _render_task if kind in _RIGHTS else _render_letter)
        register_mail_kind(MailKind(kind, str(label), partial(renderer, kind)))
        register_letter(Letter(kind, label, reader, f"emails/procedures/{kind}.txt", subject, places))


def _apology(kind: str, reference: Mapping[str, str]) -> Apology | None:
    rows = Apology.objects.select_related("dossier__applicant", "dossier__unit", "unit", "blamed_unit")
    apology = rows.filter(pk=reference["apology"]).first()
    return apology if apology is not None and apology.state == _HOLDS[kind] else None


def _render_letter(kind: str, reference: Mapping[str, str]) -> RenderedMail | None:
    """To the applicant, with the letter as a file; of a withdrawn one, why it was withdrawn."""
    apology = _apology(kind, reference)
    applicant = getattr(apology.dossier, "applicant", None) if apology else None
    if apology is None or applicant is None or not applicant.email:
        return None
    withdrawn = kind == "dossier_apology_withdrawn"
    values = {
        "code": apology.dossier.code,
        "procedure": apology.dossier.procedure_name,
        "reason": apology.withdrawn_reason if withdrawn else apology.reason_words,
        "new_due": f"{apology.new_due_on:%d/%m/%Y}" if apology.new_due_on else "",
        "follow": f"{settings.SITE_URL}{LOOKUP_PATH}",
    }
    file = ("thu-xin-loi.pdf", letter_pdf(apology_letter(apology)), "application/pdf")
    return letter_mail(kind, to=applicant.email, values=values, attachments=() if withdrawn else (file,))


def _render_task(kind: str, reference: Mapping[str, str]) -> RenderedMail | None:
    apology, user = _apology(kind, reference), _officer(reference)
    if apology is None or user is None or not can(user, _RIGHTS[kind], apology):
        return None
    url = f"{settings.SITE_URL}{reverse('apology:open', args=[apology.pk])}"
    values = {"code": apology.dossier.code, "unit": apology.unit.name, "desk": url}
    return letter_mail(kind, to=user.email, values=values)


def _render_due(kind: str, reference: Mapping[str, str]) -> RenderedMail | None:
    """One mail for all dossiers of a unit; it counts what still wants a letter when it leaves."""
    user, unit = _officer(reference), Unit.objects.filter(pk=reference["unit"]).first()
    if user is None or unit is None or unit.pk not in user.unit_ids or not can(user, "dossier_apologise"):
        return None
    count = apologies_wanted().filter(unit=unit).count()
    if not count:
        return None
    values = {"count": str(count), "unit": unit.name, "desk": f"{settings.SITE_URL}{reverse('apology:index')}"}
    return letter_mail(kind, to=user.email, values=values)


def _officer(reference: Mapping[str, str]) -> Any:
    user = get_user_model().objects.filter(pk=reference["user"], is_active=True).first()
    return user if user is not None and user.email else None
