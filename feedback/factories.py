"""Cases in every state, made by the same services that people use; for tests and sample content."""

import io
import secrets
from dataclasses import dataclass, replace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from PIL import Image

from cms.core.models import Unit
from cms.media.covering import Box
from cms.media.private import private_storage
from feedback.enums import CaseOutcome, CommentState, ConsentPurpose, NameShown
from feedback.models import (
    BookLine,
    Case,
    CaseConsult,
    Category,
    DeclineReason,
    PaperBook,
    PublicCase,
    PublicPicture,
    ReaderComment,
)
from feedback.models.redaction import open_findings
from feedback.services.answers import answer_approve, answer_save, answer_submit
from feedback.services.catalogue import catalogue_seed
from feedback.services.files import StoredFile
from feedback.services.handling import case_ask, case_start
from feedback.services.opinions import opinion_ask
from feedback.services.paper import Place, case_enter
from feedback.services.pictures import picture_cover
from feedback.services.publication import public_case_propose
from feedback.services.redaction import finding_mask
from feedback.services.submission import CaseEntry, case_submit
from feedback.services.triage import case_accept, case_assign, case_decline

ENTRY = CaseEntry(
    category_id=0,
    unit_id=None,
    title="Lớp học thiếu quạt",
    body="Phòng học tầng hai có bốn quạt, ba cái đã hỏng từ tháng trước. Đề nghị nhà trường sửa.",
    name="Trần Thị Sen Mẫu",
    phone="0912000345",
    email="sen.mau@thu.example.vn",
    address="Số 12 ngõ 34 phố Mẫu, phường Thí Điểm",
    name_shown=NameShown.HIDDEN,
    consents=(ConsentPurpose.HANDLE, ConsentPurpose.PUBLISH, ConsentPurpose.CONTACT),
    notice_version="2026-11",
)
ANSWER = "Nhà trường đã thay ba quạt hỏng ngày hôm qua và kiểm tra các phòng còn lại. Cảm ơn người gửi đã báo."


@dataclass(frozen=True)
class Desk:
    """The officers of one unit who take a case through its life."""

    unit: Unit
    clerk: Any
    officer: Any
    leader: Any


def entry(unit: Unit | None = None, **changes: Any) -> CaseEntry:
    """Return a filled-in form; ``category`` is a code."""
    catalogue_seed()
    category = Category.objects.get(code=changes.pop("category", "co-so-vat-chat"))
    return replace(ENTRY, category_id=category.pk, unit_id=unit.pk if unit else None, **changes)


def stored_file(name: str = "anh.jpg", content: bytes = b"mau", content_type: str = "image/jpeg") -> StoredFile:
    """Return a file whose bytes lie in the private storage."""
    stored_name = private_storage.save(f"cases/{secrets.token_hex(8)}.jpg", ContentFile(content))
    return StoredFile(name, stored_name, content_type, len(content), secrets.token_hex(32))


def submitted(unit: Unit | None = None, *, files: Any = (), **changes: Any) -> Case:
    """Return a case that has just been sent."""
    form = entry(unit, **changes)
    return case_submit(form_token=secrets.token_urlsafe(24), entry=form, files=files).case


def accepted(desk: Desk, **changes: Any) -> Case:
    """Return a case that the clerk has received."""
    return case_accept(case=submitted(desk.unit, **changes), actor=desk.clerk)


def assigned(desk: Desk, **changes: Any) -> Case:
    """Return a case that has been given to the officer."""
    return case_assign(case=accepted(desk, **changes), actor=desk.clerk, officer=desk.officer)


def in_progress(desk: Desk, **changes: Any) -> Case:
    """Return a case on which the officer works."""
    return case_start(case=assigned(desk, **changes), actor=desk.officer)


def waiting(desk: Desk, **changes: Any) -> Case:
    """Return a case whose sender has been asked for more."""
    return case_ask(case=in_progress(desk, **changes), actor=desk.officer, question="Xin cho biết đó là phòng nào?")


def proposed(desk: Desk, *, answer: str = ANSWER, **changes: Any) -> Case:
    """Return a case whose answer waits for approval."""
    case = in_progress(desk, **changes)
    answer_save(case=case, actor=desk.officer, body=answer, outcome=CaseOutcome.ACCEPTED_AND_FIXED)
    return answer_submit(case=case, actor=desk.officer)


def answered(desk: Desk, **changes: Any) -> Case:
    """Return a case whose answer another person approved."""
    return answer_approve(case=proposed(desk, **changes), actor=desk.leader)


def declined(desk: Desk, **changes: Any) -> Case:
    """Return a case that is not received."""
    case = submitted(desk.unit, **changes)
    return case_decline(case=case, actor=desk.clerk, reason=DeclineReason.objects.get(code="ngoai-pham-vi"))


def public_draft(desk: Desk, **changes: Any) -> PublicCase:
    """Return the draft of a public copy, made by the officer."""
    return public_case_propose(case=answered(desk, **changes), actor=desk.officer)


def published(desk: Desk, **changes: Any) -> PublicCase:
    """Return a live public copy, published by the leader."""
    copy = public_draft(desk, **changes)
    mask_findings(copy, desk.officer)
    copy.get_latest_revision().publish(user=desk.leader, skip_permission_checks=True)
    return PublicCase.objects.get(pk=copy.pk)


def covered(copy: PublicCase, desk: Desk, *, name: str = "mai-hien.jpg") -> PublicPicture:
    """Return a picture in the draft of ``copy``, sent with the case and covered by the officer."""
    out = io.BytesIO()
    Image.new("RGB", (480, 360), (120, 150, 170)).save(out, "JPEG", quality=70)
    file = stored_file(name, out.getvalue())
    columns = ("name", "stored_name", "content_type", "size", "sha256")
    attachment = copy.case.attachments.create(**{column: getattr(file, column) for column in columns})
    told = "Mái hiên dãy nhà B có vết nước"
    box = Box(30, 20, 25, 40)
    return picture_cover(public_case=copy, attachment=attachment, boxes=[box], description=told, actor=desk.officer)


def mask_findings(copy: PublicCase, actor: Any) -> None:
    """Mask everything in the draft of ``copy`` that looks personal."""
    # Masking a name may show where else it stands, hence again until nothing is left.
    copy.refresh_from_db()
    while found := open_findings(copy.get_latest_revision_as_object()):
        finding_mask(public_case=copy, digest=found[0].digest, actor=actor)
        copy.refresh_from_db()


def paper_line(desk: Desk, number: int = 1, **changes: Any) -> tuple[PaperBook, BookLine]:
    """Return the book of the unit, and a line of it that the clerk has keyed in."""
    book = PaperBook.objects.get_or_create(
        code=f"so-{desk.unit.code.lower()}", defaults={"name": f"Sổ góp ý {desk.unit.name}", "unit": desk.unit}
    )[0]
    case = case_enter(
        entry=entry(desk.unit, **changes),
        place=Place(book, number),
        received_on=timezone.localdate(),
        actor=desk.clerk,
        form_token=secrets.token_urlsafe(24),
    ).case
    return book, case.book_line


def consulted(desk: Desk, unit: Unit, **changes: Any) -> CaseConsult:
    """Return a question of the desk's officer to ``unit``, which has somebody to answer it."""
    return opinion_ask(
        case=in_progress(desk, **changes),
        actor=desk.officer,
        unit=unit,
        question="Đơn vị có biết việc này không?",
        due_on=timezone.localdate(),
    )


def comment(page: Any, *, state: str = CommentState.WAITING, **values: Any) -> ReaderComment:
    """Return a reader's comment below ``page``, as if it had been sent and decided."""
    now = timezone.now()
    decided = {} if state == CommentState.WAITING else {"decided_at": now}
    given = {"body": "Xin cho biết lịch học bù.", "form_digest": secrets.token_hex(32), "received_at": now, **decided}
    return ReaderComment.objects.create(page_id=page.pk, state=state, **{**given, **values})
