"""Pictures of a public copy, pages of PDFs too: covered and made anew, taken off, forgotten with the sender."""

from collections.abc import Sequence
from dataclasses import astuple
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from cms.core.text import TextError, clean_line
from cms.media.covering import COVERABLE, EXTENSION, Box, CoveredPicture, picture_redrawn
from cms.media.private import private_storage, private_write
from feedback.models import Attachment, PublicCase, PublicPicture
from feedback.models.pictures import LONGEST_DESCRIPTION, description_error
from feedback.permissions import case_can, public_case_can
from feedback.services.files import FOLDER, file_bytes
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.picture_pages import check_uncovered, page_drawn, page_may_be
from feedback.services.redaction import draft_held

MAX_PICTURES = 10
MAX_BOXES = 20
SMALLEST_SIDE = 0.1  # hundredths; less is a slip of the hand


def may_cover(actor: Any, copy: PublicCase) -> bool:
    """Say whether ``actor`` may look at and cover pictures of the sender: the right to the copy and to the case."""
    return public_case_can(actor, "public_case_edit", copy) and case_can(actor, "case_view", copy.case)


def coverable(copy: PublicCase) -> list[Attachment]:
    """Return the files of the case that are pictures."""
    return [each for each in copy.case.attachments.all() if each.content_type in COVERABLE]


def picture_source(
    *, public_case: PublicCase, attachment: Attachment, actor: Any, page: int | None = None
) -> CoveredPicture:
    """Return the picture as it is to be covered: drawn anew already, so that not even officers get the file here.

    ``page`` (from 1) asks for a page of a PDF. Raises NotAllowedError, ValidationError with a sentence when it cannot
    be read.
    """
    _asked(public_case, attachment, page, actor)
    return picture_redrawn(file_bytes(attachment) if page is None else page_drawn(attachment, page).content)


def picture_cover(
    *,
    public_case: PublicCase,
    attachment: Attachment,
    boxes: Sequence[Box],
    description: str,
    actor: Any,
    seen_clear: bool = False,
    page: int | None = None,
) -> PublicPicture:
    """Put the picture into the newest draft of the copy, black where ``boxes`` are; a new file, another approval.

    ``page`` (from 1) takes a page of a PDF instead of the whole of a picture. Without boxes somebody must say that
    nothing in it needs covering (``seen_clear``). Sent again unchanged, nothing happens. Raises NotAllowedError,
    TransitionRefusedError (also while the copy waits for approval, and for a page on which the sender's data can still
    be read), ValidationError with a sentence for what cannot be read.
    """
    _asked(public_case, attachment, page, actor)
    told = _described(public_case, description)
    _check_boxes(boxes, seen_clear)
    drawn = picture_redrawn(_points_of(public_case, attachment, page, boxes), boxes)
    places = [list(astuple(box)) for box in boxes]
    with transaction.atomic():
        draft = _draft_at_hand(public_case, actor)
        before = _version_of(draft, attachment, page)
        if before and (before.boxes, before.description, before.seen_clear) == (places, told, seen_clear):
            return before
        if before is None and len(draft.pictures) >= MAX_PICTURES:
            raise TransitionRefusedError(_("Một bản công khai có nhiều nhất %(count)d ảnh.") % {"count": MAX_PICTURES})
        picture = PublicPicture.objects.create(
            public_case=public_case,
            attachment=attachment,
            page=page,
            # Bytes first: should the row fail, the sweeper finds them.
            stored_name=private_write(folder=FOLDER, extension=EXTENSION, content=drawn.content),
            width=drawn.width,
            height=drawn.height,
            boxes=places,
            description=told,
            seen_clear=seen_clear,
            made_by=actor,
        )
        kept = [picture.pk if before and key == before.pk else key for key in draft.pictures]
        draft.pictures = kept if before else [*kept, picture.pk]
        draft.save_revision(user=actor)
        _record(draft, "public_case.picture_covered", actor, {"boxes": len(boxes)})
    return picture


@transaction.atomic
def picture_leave_out(*, public_case: PublicCase, attachment: Attachment, actor: Any, page: int | None = None) -> None:
    """Take the picture out of the newest draft, as whoever may write the copy may; without it nothing happens."""
    draft = _draft_at_hand(public_case, actor)
    before = _version_of(draft, attachment, page)
    if before is None:
        return
    draft.pictures = [key for key in draft.pictures if key != before.pk]
    # What leaks in the words is no reason to keep a picture; the gate of publishing asks for them again.
    draft.save_revision(user=actor, clean=False)
    _record(draft, "public_case.picture_left_out", actor, {})


@transaction.atomic
def pictures_forget(*, public_case: PublicCase) -> None:
    """Remove every version of every picture, rows and bytes; called where the sender's files are erased."""
    for name in public_case.picture_versions.values_list("stored_name", flat=True):
        transaction.on_commit(partial(private_storage.delete, name))
    public_case.picture_versions.all().delete()


def decision_stands(copy: PublicCase) -> bool:
    """Say whether ``copy`` waits for its approval or its hour: its pictures are what somebody looks at or agreed to."""
    return bool(copy.workflow_in_progress or copy.approved_schedule)


def _draft_at_hand(copy: PublicCase, actor: Any) -> PublicCase:
    """Return the held draft, unless a decision on it stands: reviewers pass Wagtail's lock and must not slip one in."""
    draft = draft_held(copy, actor)
    if decision_stands(draft):
        raise TransitionRefusedError(
            _("Bản này đang chờ duyệt hoặc chờ đến giờ đăng. Hãy trả lại cho người soạn trước rồi mới đổi ảnh.")
        )
    return draft


def _asked(copy: PublicCase, attachment: Attachment, page: int | None, actor: Any) -> None:
    if not may_cover(actor, copy):
        raise NotAllowedError(_("Bạn không có quyền xem và che ảnh của phản ánh này."))
    fits = attachment.content_type in COVERABLE if page is None else page_may_be(attachment, page)
    if attachment.case_id != copy.case_id or not fits:
        raise TransitionRefusedError(_("Tệp này không phải là ảnh của phản ánh, hoặc không có trang ấy."))


def _points_of(copy: PublicCase, attachment: Attachment, page: int | None, boxes: Sequence[Box]) -> bytes:
    """Return the picture that is to be painted on; a page only when nothing on it tells the sender beside ``boxes``."""
    if page is None:
        return file_bytes(attachment)
    drawn = page_drawn(attachment, page)
    check_uncovered(copy, drawn, boxes)
    return drawn.content


def _described(copy: PublicCase, description: str) -> str:
    try:
        told = clean_line(description)
    except TextError as error:
        raise TransitionRefusedError(str(error)) from error
    if not told:
        raise TransitionRefusedError(_("Hãy tả ảnh bằng một câu, cho người không nhìn thấy ảnh."))
    if len(told) > LONGEST_DESCRIPTION:
        raise TransitionRefusedError(_("Mô tả dài quá %(count)d chữ.") % {"count": LONGEST_DESCRIPTION})
    if sentence := description_error(copy, told):
        raise TransitionRefusedError(sentence)
    return told


def _check_boxes(boxes: Sequence[Box], seen_clear: bool) -> None:
    if len(boxes) > MAX_BOXES:
        raise TransitionRefusedError(_("Một ảnh có nhiều nhất %(count)d khung che.") % {"count": MAX_BOXES})
    if not boxes and not seen_clear:
        raise TransitionRefusedError(_("Hãy vẽ khung che, hoặc xác nhận trong ảnh không có gì phải che."))
    for box in boxes:
        sides = ((box.left, box.width), (box.top, box.height))
        # Written so that what is no number at all is refused too.
        if not all(0 <= start <= 100 and size >= SMALLEST_SIDE and start + size <= 100.01 for start, size in sides):
            raise TransitionRefusedError(_("Có khung che nằm ngoài ảnh hoặc mỏng quá. Hãy sửa các số của khung ấy."))


def _version_of(draft: PublicCase, attachment: Attachment, page: int | None) -> PublicPicture | None:
    return PublicPicture.objects.of_copy(draft, draft.pictures).filter(attachment=attachment, page=page).first()


def _record(copy: PublicCase, verb: str, actor: Any, data: dict[str, Any]) -> None:
    event_record(
        subject_type="case", subject_key=copy.reference, verb=verb, actor=actor, unit_id=copy.unit_id, data=data
    )
