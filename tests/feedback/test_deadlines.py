"""How late an answer was."""

from datetime import date, datetime

import pytest

from cms.core.enums import CalendarDayKind
from cms.core.working_days import SpecialDay, WorkCalendar
from feedback.models import Case, Category, DeadlineProfile
from feedback.services.deadlines import answered_late_by

HOLIDAY = SpecialDay(CalendarDayKind.HOLIDAY, "Ngày nghỉ thử", "", True)


@pytest.mark.parametrize(
    ("answered", "late"),
    [("2026-11-20", 0), ("2026-11-23", 1), ("2026-11-21", 1), ("2026-11-26", 3)],
    ids=["on its day", "the next working day", "on a day off after it", "a holiday between does not count"],
)
def test_late_is_said_in_the_days_of_the_profile(answered, late):
    case = Case(category=Category(profile=DeadlineProfile(working=True)), due_on=date(2026, 11, 20))
    case.answered_at = datetime.fromisoformat(f"{answered}T10:00:00+07:00")
    calendar = WorkCalendar({date(2026, 11, 24): HOLIDAY}, None, None)
    assert answered_late_by(case, calendar) == late


def test_calendar_days_count_every_day():
    case = Case(category=Category(profile=DeadlineProfile(working=False)), due_on=date(2026, 11, 20))
    case.answered_at = datetime.fromisoformat("2026-11-26T10:00:00+07:00")
    assert answered_late_by(case, WorkCalendar({}, None, None)) == 6
