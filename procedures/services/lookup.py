"""What somebody with the code is told of a dossier: never a person; with a second datum, what the office asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.working_days import DayCell, calendar_weeks
from procedures.enums import CLOSED_STATES, PAUSED_STATES, RESULT_STATES, DossierChannel, DossierState
from procedures.models import Apology, Dossier, DossierStep, ProcedurePage
from procedures.services.deadlines import DueStrip, due_strip, standing
from procedures.services.dossier_ratings import dossier_rating_url
from procedures.services.timeline import TimelineEntry, public_timeline


@dataclass(frozen=True)
class OwnWords:
    """What only whoever handed the dossier in reads: papers, what is still wanted, why it ended, the parcel."""

    papers: list[str]
    asked: list[Any]  # pauses with words, oldest first
    end_reason: str
    postal_number: str
    notified_on: date | None
    rating_url: str


@dataclass(frozen=True)
class DossierStory:
    """Everything the page of a looked-up dossier shows."""

    label: str
    lead: str
    facts: list[tuple[Any, Any]]
    procedure_url: str
    must_come: bool
    places: list[Any]  # where to come, when somebody must: rows of the procedure's page
    events: list[TimelineEntry]
    steps: list[DossierStep]
    steps_done: int
    strip: DueStrip | None
    weeks: list[list[DayCell]]
    waits_for_owner: bool
    is_over: bool
    apologies: list[Apology]
    reappointed_on: date | None
    first_due_on: date | None
    synced_on: Any
    own: OwnWords | None


def dossier_by_code(code: str) -> Dossier | None:
    """Return the dossier of this whole code with what its page needs; the same statements whatever was typed."""
    return (
        Dossier.objects.with_code(code).select_related("unit", "applicant").prefetch_related("steps", "pauses").first()
    )


def is_applicant(dossier: Dossier, typed: str) -> bool:
    """Say whether ``typed`` is the end of the phone that was left with the dossier, or all of it; see the person."""
    applicant = getattr(dossier, "applicant", None)
    digits = "".join(typed.split()).replace(".", "").replace("-", "")
    return applicant is not None and applicant.is_known_by(digits)


def dossier_story(dossier: Dossier, *, is_owner: bool) -> DossierStory:
    """Gather what the code alone shows and, for whoever handed it in, what the office asked and answered."""
    steps, strip = _steps(dossier), due_strip(dossier)
    if strip is not None and (strip.due_on is None or strip.due_on != dossier.due_on):
        strip = None  # the calendar has moved since, or there is no limit: nothing explains the day that was promised
    shown = strip.days if strip and any(day.date == strip.due_on for day in strip.days) else ()
    page = ProcedurePage.objects.readable_of_code(dossier.procedure_code) if dossier.procedure_code else None
    must_come = dossier.state in PAUSED_STATES or _result_is_fetched(dossier)
    return DossierStory(
        label=dossier.public_label,
        lead=_lead(dossier),
        facts=_facts(dossier),
        procedure_url=page.url or "" if page else "",
        must_come=must_come,
        places=list(page.places.select_related("place")) if page and must_come else [],
        events=public_timeline(dossier),
        steps=steps,
        steps_done=sum(step.ended_at is not None for step in steps),
        strip=strip,
        weeks=calendar_weeks(shown, strip.due_on) if strip and strip.due_on else [],
        waits_for_owner=dossier.state in PAUSED_STATES,
        is_over=dossier.state in RESULT_STATES | CLOSED_STATES,
        apologies=list(dossier.apologies.standing().newest()),
        reappointed_on=dossier.reappointed_on,
        first_due_on=dossier.due_on,
        synced_on=dossier.last_synced_at,
        own=_own(dossier) if is_owner else None,
    )


def _steps(dossier: Dossier) -> list[DossierStep]:
    """Return the inner steps; none when it is over and nobody wrote them down: “chưa làm” would be false."""
    steps = list(dossier.steps.all())
    is_over = dossier.state in RESULT_STATES | CLOSED_STATES
    return [] if is_over and not any(step.started_at for step in steps) else steps


def _lead(dossier: Dossier) -> str:
    """Return what to do, or to expect, in one sentence."""
    appointed = dossier.appointed_on
    if dossier.state == DossierState.REGISTERED:
        return _("Chưa có ngày hẹn trả: ngày hẹn chỉ có khi hồ sơ được tiếp nhận.")
    if dossier.state in PAUSED_STATES:
        return _("Cơ quan đang chờ người nộp. Trong lúc chờ, thời hạn giải quyết tạm dừng.")
    if dossier.state in CLOSED_STATES:
        return _("Việc giải quyết đã kết thúc, không có kết quả để nhận.")
    if dossier.state in RESULT_STATES:
        return _state_after(dossier)
    if appointed is None:
        return _("Thủ tục này không quy định thời hạn. Có kết quả, tình trạng ở trang này sẽ đổi.")
    words = _("Hẹn trả kết quả ngày %(date)s, %(standing)s.")
    told = standing(dossier).text if dossier.reappointed_on is None else _("ngày đã hẹn lại")
    hour = _(" lúc %(time)s") % {"time": f"{dossier.due_time:%H:%M}"} if dossier.due_time else ""
    return words % {"date": f"{appointed:%d/%m/%Y}{hour}", "standing": told}


def _result_is_fetched(dossier: Dossier) -> bool:
    return dossier.state == DossierState.COMPLETED and dossier.return_channel == DossierChannel.DIRECT


def _state_after(dossier: Dossier) -> str:
    if _result_is_fetched(dossier):
        return _("Mang giấy tiếp nhận và giấy tờ tùy thân đến nơi đã nộp để nhận kết quả.")
    if dossier.state == DossierState.COMPLETED:
        by_post = dossier.return_channel == DossierChannel.POST
        return _("Kết quả sẽ được gửi qua bưu chính.") if by_post else _("Kết quả được trả trên mạng, ở nơi đã nộp.")
    if dossier.state == DossierState.WITH_POST:
        return _("Kết quả đang trên đường, qua dịch vụ bưu chính công ích.")
    return _("Người nộp đã nhận kết quả.")


def _facts(dossier: Dossier) -> list[tuple[Any, Any]]:
    received = timezone.localdate(dossier.received_at) if dossier.received_at else None
    completed = timezone.localdate(dossier.completed_at) if dossier.completed_at else None
    days = [
        (_("Ngày tiếp nhận"), received),
        (_("Ngày hẹn trả"), dossier.due_on),
        (_("Ngày hẹn lại"), dossier.reappointed_on),
        (_("Ngày có kết quả"), completed),
    ]
    return [
        (_("Mã hồ sơ"), dossier.code),
        (_("Đơn vị giải quyết"), dossier.unit.name),
        (_("Cách nộp"), dossier.get_channel_display()),
        (_("Nhận kết quả"), dossier.get_return_channel_display()),
        *((name, f"{day:%d/%m/%Y}") for name, day in days if day),
    ]


def _own(dossier: Dossier) -> OwnWords:
    return OwnWords(
        papers=dossier.paper_lines,
        asked=[pause for pause in dossier.pauses.all() if pause.asked],
        end_reason=dossier.end_reason,
        postal_number=dossier.postal_number,
        notified_on=timezone.localdate(dossier.notified_at) if dossier.notified_at else None,
        rating_url=dossier_rating_url(dossier),
    )
