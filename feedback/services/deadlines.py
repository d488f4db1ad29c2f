"""Dates: a pure function of start, profile, calendar and pauses, recomputed when the calendar changes.

No date is promised when a case is sent; the clock starts when it is accepted, stands still while the office
waits for the sender, and starts anew when the case is looked at again.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import CalendarDay
from cms.core.services.ledger import event_record
from cms.core.services.outbox import mails_queue_late
from cms.core.working_days import MAX_DAYS, WorkCalendar, add_working_days, working_days_between
from feedback.enums import OFFICE_SOURCES, WAITING_STATES, WORKING_STATES, CaseState, DueStanding
from feedback.models import Case, ClockPause, DeadlineProfile
from feedback.notifications.due import MOST_DAYS, MOVED, OFFICER_DUE, SENDER_DUE
from feedback.notifications.values import news_address
from feedback.services.tallies import tally_change

SOON_DAYS = 2
# An office that corrects its calendar saves several days in a row; people are told once of where that ended.
TELL_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class StripDay:
    """One date on the way to the deadline, and why it counts or does not."""

    date: date
    weekday: str
    counted: int | None
    why: str
    paused: bool = False


@dataclass(frozen=True)
class DueStrip:
    """How a date was found: the rule in words and every day from receipt to the end."""

    due_on: date
    rule: str
    legal_basis: str
    days: tuple[StripDay, ...]
    confirmed: bool


@dataclass(frozen=True)
class Standing:
    """How a case stands to its date; ``days`` are working days where the profile counts those."""

    kind: DueStanding
    days: int
    text: str


def calendar_now() -> WorkCalendar:
    """Return the whole calendar; lists load it once and ask it for every row."""
    return CalendarDay.objects.work_calendar()


def deadline_after(profile: DeadlineProfile, start: datetime, days: int, calendar: WorkCalendar | None = None) -> date:
    """Return the last day of ``days`` after ``start`` by the profile's way of counting."""
    days = min(days, MAX_DAYS)
    if profile.working:
        return add_working_days(start, days, calendar or calendar_now(), cut_off=profile.cut_off).due_on
    return _day_zero(profile, start) + timedelta(days=days)


def reopen_until(case: Case, calendar: WorkCalendar | None = None) -> date | None:
    """Return the last day on which the sender may ask for a second look; None while there is no answer."""
    if case.answered_at is None:
        return None
    profile = case.category.profile
    return deadline_after(profile, case.answered_at, profile.reopen_days, calendar)


def transfer_until(case: Case, calendar: WorkCalendar | None = None) -> date:
    """Return the last day for passing ``case`` on to the body that is competent (Decree 20/2008/NĐ-CP, art. 9)."""
    profile = case.category.profile
    return deadline_after(profile, case.received_at, profile.transfer_days, calendar)


def due_on(case: Case, calendar: WorkCalendar | None = None) -> date | None:
    """Return the date by which ``case`` must be answered; None before the clock has started."""
    if case.clock_started_at is None:
        return None
    calendar = calendar or calendar_now()
    return deadline_after(case.category.profile, case.clock_started_at, _days(case, calendar), calendar)


def due_strip(case: Case, calendar: WorkCalendar | None = None) -> DueStrip | None:
    """Explain the date of ``case`` day by day; None before the clock has started."""
    if case.clock_started_at is None:
        return None
    calendar = calendar or calendar_now()
    profile, days = case.category.profile, _days(case, calendar)
    allowed = profile.days(complicated=case.complex)
    if profile.working:
        found = add_working_days(case.clock_started_at, days, calendar, cut_off=profile.cut_off)
        rule = _("%(days)d ngày làm việc kể từ %(start)s")
        rows = [(day.date, day.weekday, day.counted, day.why) for day in found.days]
        last, sure = found.due_on, found.confirmed
    else:
        rule = _("%(days)d ngày kể từ %(start)s")
        last = deadline_after(profile, case.clock_started_at, days, calendar)
        rows, sure = [], True
    pauses = _pause_spans(case)
    strip = tuple(
        StripDay(day, weekday, counted, why, any(first < day <= end for first, end in pauses))
        for day, weekday, counted, why in rows
    )
    if more := days_added(case):
        rule += _(", cộng %(more)d ngày gia hạn") % {"more": more}
    start = _("ngày cơ quan nhận ghi trong sổ") if case.source in OFFICE_SOURCES else _("khi tiếp nhận")
    return DueStrip(
        last, rule % {"days": allowed, "start": start}, profile.legal_basis, strip, sure and profile.confirmed
    )


def standing(case: Case, today: date | None = None, calendar: WorkCalendar | None = None) -> Standing:
    """Say how ``case`` stands to its date, in a word that needs no colour to be understood."""
    today = today or timezone.localdate()
    calendar = calendar or calendar_now()
    if case.state == CaseState.SUBMITTED:
        return _triage_standing(case, today, calendar)
    if case.state in WAITING_STATES:
        return Standing(DueStanding.PAUSED, 0, _("tạm dừng, chờ người gửi"))
    if case.state in WORKING_STATES and case.due_on:
        return _running_standing(case.category.profile, case.due_on, today, calendar)
    if case.answered_at is None or case.due_on is None:
        return Standing(DueStanding.NONE, 0, "")
    late = answered_late_by(case, calendar)
    if late == 0:
        return Standing(DueStanding.DONE_ON_TIME, 0, _("trả lời đúng hạn"))
    words = _("trả lời quá hạn %(days)d %(unit)s")
    return Standing(DueStanding.DONE_LATE, late, words % {"days": late, "unit": _unit(case.category.profile)})


def answered_late_by(case: Case, calendar: WorkCalendar | None = None) -> int:
    """Return how many days after its date the answer left, in the profile's kind of days; 0 is on time.

    An answer that left on a day off after its date is late by at least one.
    """
    if case.answered_at is None or case.due_on is None:
        return 0
    answered_on = timezone.localdate(case.answered_at)
    if answered_on <= case.due_on:
        return 0
    return max(1, _left(case.category.profile, case.due_on, answered_on, calendar or calendar_now()))


def last_day_soon(today: date, calendar: WorkCalendar) -> date:
    """Return the last day that counts as soon: cases due until then are in the queue “sắp đến hạn”."""
    day = today
    for _turn in range(SOON_DAYS):
        day = calendar.next_working_day(day)
    return day


@transaction.atomic
def deadlines_recompute(dates: Iterable[date] = (), *, because: str = "calendar") -> int:
    """Move the date of every running case that calendar or catalogue now give another; return how many moved.

    Called in the transaction that changes them; each move is an event that the sender may see, with its cause. The
    worker tells the sender who asked for news and the officer, once, when the office has had time to go on editing.

    Args:
        dates: the days of the calendar that changed, for the reason that is told.
        because: ``calendar`` or ``catalogue``.

    """
    calendar, moves = calendar_now(), []
    days = [day.isoformat() for day in sorted(dates)[:MOST_DAYS]]
    rows = Case.objects.clock_runs().select_for_update(of=("self",))
    for case in rows.select_related("category__profile", "officer", "sender").prefetch_related(
        "pauses", "extensions", "sender__consents"
    ):
        new = due_on(case, calendar)
        if new == case.due_on:
            continue
        event = event_record(
            subject_type="case",
            subject_key=case.reference,
            verb=MOVED,
            actor_kind="system",
            unit_id=case.unit_id,
            public=True,
            data={"from": str(case.due_on), "to": str(new), "because": because, **({"days": days} if days else {})},
        )
        before = copy(case)
        case.due_on = new
        case.save(update_fields=["due_on"])
        tally_change(before=before, after=case)
        moves.append((before, event.seq))
    _moves_tell(moves)
    return len(moves)


def _moves_tell(moves: Iterable[tuple[Case, int]]) -> None:
    """Queue, in a constant number of statements, a mail to the sender and the officer of each case that moved.

    Args:
        moves: cases as they were before, each with the number of its event.

    """
    told: list[tuple[str, dict[str, str]]] = []
    for case, seq in moves:
        if case.due_on is None or case.state not in WORKING_STATES:
            continue
        about = {"case": case.reference, "from": case.due_on.isoformat(), "event": str(seq)}
        if news_address(case):
            told.append((SENDER_DUE, about))
        if case.officer is not None and case.officer.email:
            told.append((OFFICER_DUE, {**about, "user": str(case.officer.pk)}))
    mails_queue_late(mails=told, wait=TELL_AFTER, same=("case", "user"))


def pause_begin(case: Case, at: datetime) -> None:
    """Stop the clock of ``case``; the caller holds its row."""
    ClockPause.objects.create(case=case, began_at=at)


def pause_end(case: Case, at: datetime) -> date | None:
    """Let the clock of ``case`` run on and return its date, moved by the working days waited."""
    case.pauses.filter(ended_at=None).update(ended_at=at)
    return due_on(case)


def spent_share(case: Case, today: date, calendar: WorkCalendar) -> int:
    """Return how many hundredths of the time of ``case`` are over: 100 on its last day, above only when it is late.

    The days in which the office waited for the sender belong to nobody: they count neither as time nor as spent.
    """
    if case.due_on is None or case.clock_started_at is None:
        return 0
    if today >= case.due_on:
        return 100 if today == case.due_on else 101
    profile, waited = case.category.profile, _waited(case, calendar)
    begun = timezone.localdate(case.clock_started_at)
    whole = max(1, _left(profile, begun, case.due_on, calendar) - waited)
    return min(99, max(0, _left(profile, begun, today, calendar) - waited) * 100 // whole)


def _days(case: Case, calendar: WorkCalendar) -> int:
    """Return the days allowed, the days added and the days waited since the clock last started."""
    return case.category.profile.days(complicated=case.complex) + days_added(case) + _waited(case, calendar)


def days_added(case: Case) -> int:
    """Return by how many days the running clock of ``case`` was extended by hand."""
    started = case.clock_started_at
    return sum(each.days for each in case.extensions.all() if started and each.made_at >= started)


def _waited(case: Case, calendar: WorkCalendar) -> int:
    return max(0, sum(_left(case.category.profile, first, last, calendar) for first, last in _pause_spans(case)))


def _pause_spans(case: Case) -> list[tuple[date, date]]:
    started = case.clock_started_at
    return [
        (timezone.localdate(pause.began_at), timezone.localdate(pause.ended_at))
        for pause in case.pauses.all()
        if pause.ended_at and started and pause.began_at >= started
    ]


def _day_zero(profile: DeadlineProfile, start: datetime) -> date:
    local = timezone.localtime(start)
    late = profile.cut_off is not None and local.time() > profile.cut_off
    return local.date() + timedelta(days=1 if late else 0)


def _triage_standing(case: Case, today: date, calendar: WorkCalendar) -> Standing:
    profile = case.category.profile
    last = deadline_after(profile, case.received_at, profile.triage_days, calendar)
    if today > last:
        late = max(1, _left(profile, last, today, calendar))
        words = _("quá hạn tiếp nhận %(days)d %(unit)s")
        return Standing(DueStanding.LATE, late, words % {"days": late, "unit": _unit(profile)})
    return Standing(DueStanding.NONE, 0, _("chờ tiếp nhận đến %(date)s") % {"date": last.strftime("%d/%m/%Y")})


def _left(profile: DeadlineProfile, first: date, last: date, calendar: WorkCalendar) -> int:
    return working_days_between(first, last, calendar) if profile.working else (last - first).days


def _unit(profile: DeadlineProfile) -> str:
    return _("ngày làm việc") if profile.working else _("ngày")


def _running_standing(profile: DeadlineProfile, due: date, today: date, calendar: WorkCalendar) -> Standing:
    unit = _unit(profile)
    if today > due:
        late = max(1, _left(profile, due, today, calendar))  # a day off after the date is late as well
        words = _("quá hạn %(days)d %(unit)s")
        return Standing(DueStanding.LATE, late, words % {"days": late, "unit": unit})
    left = _left(profile, today, due, calendar)
    kind = DueStanding.SOON if left <= SOON_DAYS else DueStanding.AHEAD
    if not left:
        return Standing(kind, 0, _("hạn hôm nay"))
    return Standing(kind, left, _("còn %(days)d %(unit)s") % {"days": left, "unit": unit})
