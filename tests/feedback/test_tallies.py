"""The counts that figures read are what the cases say, whatever happens to the cases."""

from datetime import date, timedelta

from django.utils import timezone

import pytest

from cms.core.services.calendar import calendar_day_save
from feedback import factories
from feedback.enums import CaseState, TallyMeasure, TallyScope
from feedback.models import Case, CaseTally
from feedback.services.handling import case_close, case_reopen, case_reply, case_withdraw
from feedback.services.tallies import tallies_fit_cases, tallies_rebuild
from feedback.services.triage import case_assign, case_quarantine, case_release
from tests.feedback.counted import row, store

pytestmark = pytest.mark.django_db
M = TallyMeasure


def told(measure, scope=TallyScope.ALL):
    return sum(CaseTally.objects.filter(scope=scope, measure=measure).values_list("count", flat=True))


def everything_fits():
    return list(tallies_fit_cases()) == []


@pytest.mark.parametrize(
    "stage", ["accepted", "assigned", "in_progress", "waiting", "proposed", "answered", "declined", "published"]
)
def test_every_stage_is_counted_in_the_same_breath(desk, stage):
    getattr(factories, stage)(desk)
    assert told(M.RECEIVED) == told(M.RECEIVED, TallyScope.UNIT) == told(M.RECEIVED, TallyScope.CATEGORY) == 1
    assert told(M.ANSWERED) == (stage in {"answered", "published"})
    assert told(M.RUNNING) == (stage in {"accepted", "assigned", "in_progress", "proposed"})
    assert everything_fits()


def test_spam_is_no_case_until_it_is_let_out(desk):
    case = factories.submitted(desk.unit)
    case_quarantine(case=case, actor=desk.clerk)
    assert told(M.RECEIVED) == 0
    case_release(case=case, actor=desk.clerk)
    assert told(M.RECEIVED) == 1
    assert everything_fits()


def test_an_answer_that_is_looked_at_again_stands_no_more(desk):
    case = factories.answered(desk)
    assert (told(M.ANSWERED), told(M.ON_TIME), told(M.TOOK)) == (1, 1, 1)
    case_reopen(case=case, reason="Chưa đúng")
    assert (told(M.ANSWERED), told(M.ON_TIME), told(M.TOOK), told(M.REOPENED)) == (0, 0, 0, 1)
    assert everything_fits()


def test_a_pause_a_reply_and_a_withdrawal_move_the_counts(desk):
    case = factories.waiting(desk)
    assert told(M.RUNNING) == 0
    case_reply(case=case, text="Phòng 12")
    assert told(M.RUNNING) == 1
    case_withdraw(case=case)
    assert told(M.RUNNING) == 0
    assert everything_fits()


def test_a_case_given_to_another_unit_is_counted_there(desk, other_desk):
    case = factories.accepted(desk)
    case_assign(case=case, actor=desk.clerk, officer=other_desk.officer, unit=other_desk.unit)
    units = dict(CaseTally.objects.filter(measure=M.RECEIVED, scope="unit", count__gt=0).values_list("key", "count"))
    assert units == {other_desk.unit.pk: 1}
    assert everything_fits()


def test_a_new_holiday_moves_the_date_in_the_counts(desk):
    case = factories.in_progress(desk)
    before = Case.objects.get(pk=case.pk).due_on
    calendar_day_save(date=before, kind="holiday", label="Nghỉ lễ thử")
    case.refresh_from_db()
    assert case.due_on > before
    assert CaseTally.objects.get(scope="all", measure=M.RUNNING, count=1).day == case.due_on
    assert everything_fits()


def test_closing_and_archiving_change_no_figure(desk):
    case = factories.answered(desk)
    Case.objects.filter(pk=case.pk).update(answered_at=timezone.now() - timedelta(days=90))
    tallies_rebuild()
    before = list(CaseTally.objects.counted().order_by("pk").values_list("measure", "day", "count"))
    case.refresh_from_db()
    case_close(case=case)
    assert list(CaseTally.objects.counted().order_by("pk").values_list("measure", "day", "count")) == before
    Case.objects.filter(pk=case.pk).update(state=CaseState.ANONYMISED)
    assert everything_fits()


def test_what_was_spam_stays_uncounted_in_the_archive(db):
    store(row(date(2026, 1, 5), state=CaseState.ANONYMISED))
    assert told(M.RECEIVED) == 0


def test_counting_anew_puts_right_what_somebody_changed_behind_its_back(desk):
    factories.answered(desk)
    CaseTally.objects.filter(measure=M.RECEIVED).update(count=7)
    CaseTally.objects.filter(measure=M.TOOK).delete()
    assert len(list(tallies_fit_cases())) == 6
    assert tallies_rebuild() == 6
    assert everything_fits()
    assert tallies_rebuild() == 0
