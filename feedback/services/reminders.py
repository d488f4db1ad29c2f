"""What time alone brings about: reminders, lapses, closings. Safe to run as often as one likes."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.working_days import WorkCalendar
from feedback.enums import DueStanding
from feedback.models import Case
from feedback.services.deadlines import calendar_now, deadline_after, last_day_soon, spent_share, standing
from feedback.services.handling import case_close, case_lapse
from feedback.services.moves import TransitionRefusedError
from feedback.services.notices import notices_queue
from feedback.services.opinions import opinions_remind

logger = logging.getLogger(__name__)

# Hundredths of the time for the answer. The last day is 100, and what lies behind it is late.
HALF, MOST, WHOLE = 50, 80, 100


@dataclass(frozen=True)
class Reminded:
    """What one run did."""

    mails: int
    lapsed: int
    closed: int

    def __str__(self) -> str:
        words = _("%(mails)d thư nhắc, %(lapsed)d phản ánh hết chờ bổ sung, %(closed)d phản ánh kết thúc")
        return words % {"mails": self.mails, "lapsed": self.lapsed, "closed": self.closed}


def reminders_send(*, now: datetime | None = None) -> Reminded:
    """Remind officers and leaders of what is soon due or late, end what waited too long.

    A case gives one mail a step (half, four fifths, the last day, late: the leaders too), whatever the number of
    runs: the key of the mail says which.
    """
    now = now or timezone.now()
    calendar = calendar_now()
    mails = _remind_officers(timezone.localdate(now), calendar) + _remind_triage(timezone.localdate(now), calendar)
    mails += _remind_senders(now, calendar) + opinions_remind(timezone.localdate(now))
    return Reminded(mails, _lapse(), _close(now))


def _remind_officers(today: date, calendar: WorkCalendar) -> int:
    queued = 0
    for case in Case.objects.clock_running().with_mail_data():
        spent = spent_share(case, today, calendar)
        if spent > WHOLE:
            queued += notices_queue(case=case, kinds=("task_late", "task_late_leader"), turn=_late_turn(case))
        elif spent == WHOLE:
            queued += notices_queue(case=case, kinds=("task_due_today",), turn=_late_turn(case))
        elif step := next((step for step in (MOST, HALF) if spent >= step), None):
            queued += notices_queue(case=case, kinds=("task_due_soon",), turn=_turn(case, step))
    return queued


def _remind_triage(today: date, calendar: WorkCalendar) -> int:
    late = (
        case
        for case in Case.objects.awaited().with_mail_data()
        if standing(case, today, calendar).kind == DueStanding.LATE
    )
    return sum(notices_queue(case=case, kinds=("task_unreceived",), turn="triage") for case in late)


def _remind_senders(now: datetime, calendar: WorkCalendar) -> int:
    """Remind a sender once, half-way through the time to reply; the question itself was the first warning."""
    queued = 0
    for case in Case.objects.waiting_for_sender().with_mail_data():
        pause = next((pause for pause in case.pauses.all() if pause.ended_at is None), None)
        profile = case.category.profile
        if pause and timezone.localdate(now) > deadline_after(
            profile, pause.began_at, profile.reply_days // 2, calendar
        ):
            queued += notices_queue(case=case, kinds=("case_question_reminder",), turn=f"pause{pause.pk}")
    return queued


def soon_until(today: date) -> date:
    """Return the last day of the queue “sắp đến hạn”."""
    return last_day_soon(today, calendar_now())


def _turn(case: Case, step: int) -> str:
    """Tell the clocks of one case apart: a case that is looked at again is reminded again."""
    return f"{step}-{case.reopen_count}"


def _late_turn(case: Case) -> str:
    """The end of the time is the end of one date: where the calendar gave another, it is told again when it comes."""
    return f"{_turn(case, WHOLE)}-{case.due_on}"


def _lapse() -> int:
    return sum(_quietly(lambda case: case_lapse(case=case), case) for case in Case.objects.waiting_for_sender())


def _close(now: datetime) -> int:
    return sum(_quietly(lambda case: case_close(case=case), case) for case in Case.objects.answered_before(now))


def _quietly(step, case: Case) -> bool:  # type: ignore[no-untyped-def]
    """Take ``step`` where its guard allows it; the others have time left."""
    try:
        step(case)
    except TransitionRefusedError:
        return False
    except Exception:
        # One case that cannot be taken further must not hold up the others; its number says where to look.
        logger.exception("case %s could not be taken further", case.reference)
        return False
    return True
