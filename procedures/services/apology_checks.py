"""What a letter of apology must say, and must not: dates that hold, and no word about a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import CalendarDay, Unit
from cms.core.personal_data import find
from cms.core.text import TextError, clean_text, fold
from cms.core.working_days import WorkCalendar
from procedures.enums import (
    MISTAKES,
    RUNNING_STATES,
    ApologyKind,
    ApologyReason,
)
from procedures.models import Apology, Dossier
from procedures.models.apologies import REASON_LENGTH

KEPT = "kept_because"
LONGEST_DELAY = 366  # days; a later date is a slip of the hand


@dataclass(frozen=True)
class ApologyFacts:
    """What an officer writes: the kind, why in class and words, who let it happen, the new day."""

    kind: str
    reason: str
    public_reason: str
    blamed_unit: Unit | None
    new_due_on: date | None = None
    blame_note: str = ""
    kept_because: str = ""

    @classmethod
    def of(cls, apology: Apology) -> "ApologyFacts":
        """Return what ``apology`` says."""
        names = ("kind", "reason", "public_reason", "blamed_unit", "new_due_on", "blame_note", "kept_because")
        return cls(**{name: getattr(apology, name) for name in names})


def checked_facts(dossier: Dossier, facts: ApologyFacts, *, but: Apology | None = None) -> dict[str, Any]:
    """Return the columns that ``facts`` make; ``but`` is the letter that is being changed.

    Raises ValidationError with a sentence for each field that cannot stand.
    """
    errors: dict[str, Any] = {}
    if facts.kind not in ApologyKind.values:
        raise ValidationError({"kind": _("Hãy chọn xin lỗi vì điều gì.")})
    if problem := _kind_problem(dossier, facts.kind, but):
        errors["kind"] = problem
    elif problem := _date_problem(dossier, facts):
        errors["new_due_on"] = problem
    if facts.reason not in ApologyReason.values:
        errors["reason"] = _("Hãy chọn loại lý do.")
    elif facts.kind != ApologyKind.MISTAKE and facts.reason in MISTAKES:
        errors["reason"] = _("Lý do này là của sai sót. Hãy chọn “Sai sót”, hoặc chọn lý do khác.")
    if facts.blamed_unit is None:
        errors["blamed_unit"] = _("Hãy chọn đơn vị để xảy ra.")
    words = _words(facts.public_reason, errors)
    errors |= _private_problems(words, dossier, facts.kept_because.strip())
    if errors:
        raise ValidationError(errors)
    return {
        "kind": facts.kind,
        "reason": facts.reason,
        "public_reason": words,
        "kept_because": facts.kept_because.strip(),
        "blamed_unit": facts.blamed_unit,
        "blame_note": facts.blame_note.strip(),
        # The calendar may have moved it since the letter was begun.
        "old_due_on": dossier.reappointed_on if facts.kind == ApologyKind.LATE_AGAIN else dossier.due_on,
        "new_due_on": facts.new_due_on,
    }


def private_words(text: str, dossier: Dossier) -> tuple[list[str], bool]:
    """Return what looks personal in ``text``, and whether something of it is the applicant's own beyond doubt."""
    found = [text[each.start : each.end] for each in find(text)]
    applicant = getattr(dossier, "applicant", None)
    own = [applicant.name, applicant.phone, applicant.email] if applicant else []
    folded = fold(text)
    said = [datum for datum in own if len(datum) > 3 and fold(datum) in folded]
    return list(dict.fromkeys([*said, *found])), bool(said)


def refuse_private(name: str, found: tuple[list[str], bool]) -> None:
    """Raise ValidationError for the field ``name`` when something personal was found."""
    words, _own = found
    if words:
        raise ValidationError({name: _told(words)})


def _told(words: list[str]) -> str:
    quoted = ", ".join(f"“{word}”" for word in words[:3])
    return _("Mọi người đọc được lời này, nên hãy bỏ chỗ giống thông tin riêng: %(words)s.") % {"words": quoted}


def _private_problems(text: str, dossier: Dossier, kept_because: str) -> dict[str, str]:
    """Say what to take out of the public words; where it may be nobody's, ask in a field of its own why it stays."""
    words, own = private_words(text, dossier)
    if not words or (kept_because and not own):
        return {}
    told = {"public_reason": _told(words)}
    return told if own else {**told, KEPT: _("Nếu không phải thông tin của ai, hãy ghi vì sao giữ lại.")}


def _words(typed: str, errors: dict[str, Any]) -> str:
    try:
        words = clean_text(typed)
    except TextError as error:
        errors["public_reason"] = str(error)
        return ""
    if not words:
        errors["public_reason"] = _("Hãy viết lý do bằng một, hai câu.")
    elif len(words) > REASON_LENGTH:
        errors["public_reason"] = _("Hãy viết ngắn hơn %(most)d chữ cái.") % {"most": REASON_LENGTH}
    return words


def _kind_problem(dossier: Dossier, kind: str, but: Apology | None) -> str:
    """Say why no letter of this kind may be written about ``dossier`` now; empty when one may."""
    others = Apology.objects.of_dossier(dossier)
    others = others.exclude(pk=but.pk) if but else others
    if others.filter(kind=kind).unsent().exists():
        return _("Hồ sơ này đang có một thư xin lỗi cùng loại chưa gửi. Hãy làm tiếp thư ấy.")
    if kind == ApologyKind.MISTAKE:
        return "" if dossier.received_at else _("Hồ sơ chưa được tiếp nhận nên chưa có việc gì sai.")
    if problem := _not_late_problem(dossier):
        return problem
    if kind == ApologyKind.LATE_AGAIN:
        return _again_problem(dossier)
    told = others.standing().filter(kind=ApologyKind.LATE).exists()
    message = _(
        "Hồ sơ này đã được hẹn lại một lần, đến ngày %(day)s. Theo quy định chỉ được hẹn lại một lần; nếu đến ngày ấy "
        "vẫn chưa xong, hãy chọn “Quá hạn lần nữa”."
    )
    return message % {"day": f"{dossier.reappointed_on:%d/%m/%Y}"} if dossier.reappointed_on and told else ""


def _not_late_problem(dossier: Dossier) -> str:
    if dossier.state not in RUNNING_STATES:
        message = _("Hồ sơ đang ở tình trạng “%(state)s” nên không phải xin lỗi vì quá hạn.")
        return message % {"state": dossier.get_state_display()}
    return "" if dossier.due_on else _("Hồ sơ này không có ngày hẹn trả nên không có quá hạn.")


def _again_problem(dossier: Dossier) -> str:
    if dossier.reappointed_on is None:
        return _("Hồ sơ này chưa được hẹn lại lần nào. Hãy chọn “Quá hạn, hẹn lại ngày trả”.")
    if dossier.reappointed_on >= timezone.localdate():
        message = _("Ngày hẹn lại %(day)s chưa qua nên chưa phải là quá hạn lần nữa.")
        return message % {"day": f"{dossier.reappointed_on:%d/%m/%Y}"}
    return ""


def _date_problem(dossier: Dossier, facts: ApologyFacts) -> str:
    """Say why the new day cannot stand; empty when it can, or when there need be none."""
    new = facts.new_due_on
    if facts.kind == ApologyKind.LATE_AGAIN:
        return _("Chỉ được hẹn lại một lần, nên thư này không có ngày hẹn mới.") if new else ""
    if new is None:
        return _("Hãy ghi ngày hẹn lại.") if facts.kind == ApologyKind.LATE else ""
    if facts.kind == ApologyKind.LATE and dossier.reappointed_on:
        message = _("Ngày đã hứa vẫn giữ: thư viết lại phải ghi ngày %(day)s.")
        same = new == dossier.reappointed_on
        return "" if same else message % {"day": f"{dossier.reappointed_on:%d/%m/%Y}"}
    if facts.kind == ApologyKind.LATE and dossier.due_on and new <= dossier.due_on:
        return _("Ngày hẹn lại phải sau ngày hẹn trước, %(day)s.") % {"day": f"{dossier.due_on:%d/%m/%Y}"}
    return _new_day_problem(new)


def _new_day_problem(new: date) -> str:
    today = timezone.localdate()
    if new <= today:
        return _("Ngày hẹn lại phải sau hôm nay.")
    if (new - today).days > LONGEST_DELAY:
        return _("Ngày hẹn lại xa hơn một năm. Hãy xem lại.")
    return _day_off_problem(new, CalendarDay.objects.work_calendar())


def _day_off_problem(day: date, calendar: WorkCalendar) -> str:
    if calendar.is_working_day(day):
        return ""
    message = _("%(day)s là ngày nghỉ; ngày làm việc kế tiếp là %(next)s.")
    return message % {"day": f"{day:%d/%m/%Y}", "next": f"{calendar.next_working_day(day):%d/%m/%Y}"}
