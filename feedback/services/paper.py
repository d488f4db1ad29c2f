"""Keying in what came on paper, by telephone or over the counter: the same case, its line in the book beside it."""

import re
import secrets
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.models import Unit
from cms.core.permissions import can
from cms.core.search import plain_words
from cms.core.services.ledger import event_record
from cms.media.uploads import CheckedFile
from feedback.codes import code_digest, code_for, grouped
from feedback.enums import OFFICE_SOURCES, CaseState
from feedback.models import BookLine, Case, CaseDraft, Category, PaperBook
from feedback.models.books import HIGHEST_LINE
from feedback.permissions import case_can
from feedback.services.draft import RECEIPT_LIFE, token_digest
from feedback.services.files import StoredLike
from feedback.services.moves import SUBJECT, NotAllowedError, TransitionRefusedError, case_touch
from feedback.services.submission import MOST_TURNS, CaseEntry, Submission, case_submit, code_issue
from feedback.services.tallies import tally_change

# A book has days, no hours: the day's first hour of work, so that no cut-off hour moves it.
OFFICE_OPENS = time(8)
FIRST_DAY = date(2000, 1, 1)
FORM_LIFE = timedelta(hours=24)
_PLACE = re.compile(r"0*([1-9][0-9]{0,4})\s*([a-zA-Z]?)")


@dataclass(frozen=True)
class Place:
    """A line of a book; ``suffix`` tells two lines of one number apart."""

    book: PaperBook
    number: int
    suffix: str = ""

    def __str__(self) -> str:
        return f"{self.number}{self.suffix}"

    def token(self, form_token: str) -> str:
        """One secret a line: a form sent again from the browser's history with another line is another case."""
        return f"{form_token}:{self.book.pk}:{self}"


def place_read(typed: str) -> tuple[int, str]:
    """Read “12” or “12a”; raises ValidationError with a sentence."""
    found = _PLACE.fullmatch(typed.strip())
    if not found:
        message = _("Ghi số dòng như trong sổ: một số từ 1 đến %(most)d, thêm một chữ nếu số bị trùng, ví dụ 12a.")
        raise ValidationError(message % {"most": HIGHEST_LINE})
    return int(found[1]), found[2].lower()


def day_check(day: date) -> date:
    """Return ``day`` when the office may have received something on it; raises ValidationError with a sentence."""
    if day > timezone.localdate():
        raise ValidationError(_("Ngày nhận không thể ở sau hôm nay."))
    if day < FIRST_DAY:
        raise ValidationError(_("Ngày nhận quá xa. Kiểm tra lại năm."))
    return day


def received_moment(day: date) -> datetime:
    """Return the moment that stands for “received on ``day``”, never in the future."""
    return min(timezone.make_aware(datetime.combine(day, OFFICE_OPENS)), timezone.now())


def is_unidentified(data: Mapping[str, Any]) -> bool:
    """Say whether the sender left out what Nghị định 20/2008/NĐ-CP, Điều 7.1, asks of a phản ánh."""
    return not (data.get("name") and data.get("address") and (data.get("phone") or data.get("email")))


def case_enter(
    *,
    entry: CaseEntry,
    place: Place,
    received_on: date,
    actor: Any,
    form_token: str,
    source: str = "",
    files: Sequence[CheckedFile | StoredLike] = (),
    imported: bool = False,
) -> Submission:
    """Store what an officer keys in, with its line; the same rules as for a form that its sender fills in (T1).

    Args:
        entry: what the paper says.
        place: the line of the book; the same form and line again give the same case.
        received_on: the day the office got it; the clock starts there.
        actor: the officer; None for an import by command.
        form_token: secret of one form.
        source: how it came; the book's channel when empty.
        files: scans.
        imported: whether a register was read from a file.

    Raises NotAllowedError, or ValidationError with a sentence a field: ``line`` when the line is taken already.

    """
    source = source or place.book.source
    if source not in OFFICE_SOURCES:
        raise ValidationError({"source": _("Hãy chọn một kênh trong danh sách.")})
    if actor is not None and not can(actor, "case_enter", place.book):
        raise NotAllowedError(_("Bạn không có quyền nhập vào sổ này."))
    try:
        moment = received_moment(day_check(received_on))
    except ValidationError as error:
        raise ValidationError({"received_on": error.messages}) from error
    try:
        with transaction.atomic():
            made = case_submit(
                form_token=place.token(form_token), entry=entry, files=files, actor=actor, source=source, at=moment
            )
            if made.created:
                _line_store(made.case, place, actor, imported=imported)
            elif not place.book.lines.at(place.number, place.suffix).filter(case=made.case).exists():
                message = _("Phiếu này đã nhập một dòng khác của sổ. Mở phiếu mới rồi nhập dòng %(line)s.")
                raise ValidationError({"line": message % {"line": place}})
    except IntegrityError:
        _refuse_taken(place)
        raise
    return made


def _line_store(case: Case, place: Place, actor: Any, *, imported: bool) -> None:
    _refuse_taken(place)
    BookLine.objects.create(
        book=place.book,
        number=place.number,
        suffix=place.suffix,
        case=case,
        imported=imported,
        entered_by=actor,
        entered_at=timezone.now(),
    )
    _note(case, "case.entered", actor, {"book": place.book.code, "line": str(place), "source": str(case.source)})


def _refuse_taken(place: Place) -> None:
    line = place.book.lines.at(place.number, place.suffix).with_cases().first()
    if line is None:
        return
    if line.case is None:
        message = _("Dòng %(line)s đã được ghi là dòng trống. Bỏ ghi ấy ở trang kiểm tra sổ rồi nhập.")
        raise ValidationError({"line": message % {"line": line.place}})
    message = _("Dòng %(line)s của sổ này đã nhập ngày %(day)s, mã %(reference)s. Kiểm tra lại số dòng.")
    if line.case.confidential:
        message = _("Dòng %(line)s của sổ này đã nhập ngày %(day)s. Kiểm tra lại số dòng.")
    day = timezone.localtime(line.entered_at).strftime("%d/%m/%Y")
    raise ValidationError({"line": message % {"line": line.place, "day": day, "reference": line.case.reference}})


@transaction.atomic
def entry_correct(
    *,
    line: BookLine,
    actor: Any,
    expected_version: int | None,
    place: tuple[int, str],
    received_on: date,
    category: Category,
    unit: Unit | None,
    title: str,
    body: str,
) -> Case:
    """Set right what was keyed wrong, as long as nobody has received the case; return the fresh case.

    Raises NotAllowedError, CaseChangedError, TransitionRefusedError, or ValidationError for a line that is taken.
    """
    case = line.case
    if case is None or not case_can(actor, "case_enter", case):
        raise NotAllowedError(_("Bạn không có quyền sửa phần nhập này."))
    case_touch(case, expected_version=expected_version)
    if case.state != CaseState.SUBMITTED:
        raise TransitionRefusedError(_("Phản ánh đã được tiếp nhận nên không sửa được phần nhập nữa."))
    before = copy(case)
    wanted: dict[str, Any] = {"category": category, "unit": unit or category.unit, "title": title, "body": body}
    if received_on != timezone.localdate(case.received_at):
        wanted["received_at"] = received_moment(day_check(received_on))
    changed = [name for name, value in wanted.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, wanted[name])
    if not case_can(actor, "case_enter", case):
        raise ValidationError({"unit": _("Bạn chỉ nhập được phản ánh của đơn vị mình.")})
    if case.child_protection and case.unit_id != before.unit_id:
        raise ValidationError({"unit": _("Phản ánh bảo vệ trẻ em: đổi diện trước, rồi mới đổi đơn vị.")})
    case.search_text = plain_words(f"{case.reference} {case.title} {case.body}")
    case.save(update_fields=[*changed, "search_text"])
    tally_change(before=before, after=case)
    if place != (line.number, line.suffix):
        _line_move(line, place)
        changed.append("line")
    if changed:
        _note(case, "case.entry_corrected", actor, {"fields": sorted(changed)})
    return case


def _line_move(line: BookLine, place: tuple[int, str]) -> None:
    wanted = Place(line.book, *place)
    _refuse_taken(wanted)
    line.number, line.suffix = place
    try:
        with transaction.atomic():
            line.save(update_fields=["number", "suffix"])
    except IntegrityError:
        _refuse_taken(wanted)
        raise


@transaction.atomic
def paper_form(*, token: str, actor: Any) -> CaseDraft:
    """Return the form that the browser calls ``token``, begun by ``actor``: its scans outlive a refused field.

    Somebody else's form is not found: a new one is begun under a name that nobody knows.
    """
    digest, now = token_digest(f"paper:{token}"), timezone.now()
    found = CaseDraft.objects.of_token(digest, now=now).first()
    if found is not None and found.data.get("by") == actor.pk:
        return found
    name = digest if found is None and not CaseDraft.objects.filter(token_digest=digest).exists() else _stranger()
    try:
        with transaction.atomic():
            return CaseDraft.objects.create(
                token_digest=name,
                form_token=secrets.token_urlsafe(32),
                data={"by": actor.pk},
                started_at=now,
                updated_at=now,
                expires_at=now + FORM_LIFE,
            )
    except IntegrityError:
        # The other of two presses was quicker; its form is ours.
        return paper_form(token=token, actor=actor)


def _stranger() -> str:
    return token_digest(secrets.token_urlsafe(32))


@transaction.atomic
def paper_form_sent(*, form: CaseDraft, case: Case, token: str) -> None:
    """Leave of a form its receipt alone, for an hour: the code is made of ``token`` and stored nowhere."""
    now = timezone.now()
    form.data = {**form.data, "token": token}
    form.reference, form.sent_at, form.expires_at = case.reference, now, now + RECEIPT_LIFE
    form.save(update_fields=["data", "reference", "sent_at", "expires_at"])
    form.files.all().delete()


def paper_code(*, case: Case, actor: Any) -> str:
    """Return the tracking code for the receipt that ``actor`` may still print; empty once the hour is over."""
    known = {case.code_digest, case.next_code_digest}
    for form in CaseDraft.objects.receipts_of(case.reference, now=timezone.now()):
        if form.data.get("by") == actor.pk:
            codes = (code_for(form.data.get("token", ""), turn) for turn in range(MOST_TURNS))
            if code := next((code for code in codes if code_digest(code) in known), ""):
                return grouped(code)
    return ""


@transaction.atomic
def paper_code_renew(*, case: Case, actor: Any) -> str:
    """Make a new code for a sender who lost the receipt, and return it; the old one goes on until the new is used.

    Raises NotAllowedError without the right to key in. The ledger keeps that it happened, never the code.
    """
    if case.source not in OFFICE_SOURCES or not case_can(actor, "case_enter", case):
        raise NotAllowedError(_("Bạn không có quyền cấp mã cho phản ánh này."))
    form = paper_form(token=secrets.token_urlsafe(24), actor=actor)
    token = secrets.token_urlsafe(24)
    code_issue(case=case, token=token)
    paper_form_sent(form=form, case=case, token=token)
    _note(case, "case.code_reissued", actor, {})
    case.refresh_from_db()
    return paper_code(case=case, actor=actor)


def _note(case: Case, verb: str, actor: Any, data: dict[str, Any]) -> None:
    event_record(
        subject_type=SUBJECT,
        subject_key=case.reference,
        verb=verb,
        actor=actor,
        actor_kind="" if actor else "system",
        unit_id=case.unit_id,
        data=data,
    )
