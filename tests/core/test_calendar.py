"""The calendar table: filled once, changed by people, and every change told."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

import pytest

from cms.core.enums import CalendarDayKind
from cms.core.models import CalendarDay, LedgerEvent
from cms.core.official_days import official_days
from cms.core.services import calendar as service
from cms.core.services.calendar import calendar_day_delete, calendar_day_save, calendar_seed, on_calendar_change

pytestmark = pytest.mark.django_db

SWAP = date(2026, 1, 2)
FREE_MONDAY = date(2026, 11, 16)
FREE_SATURDAY = date(2026, 11, 14)


@pytest.fixture
def told(monkeypatch):
    """The sets of dates that a listener was told."""
    monkeypatch.setattr(service, "_listeners", [])
    calls = []
    on_calendar_change(calls.append)
    return calls


def add(**changes):
    values = {
        "date": FREE_MONDAY,
        "kind": CalendarDayKind.COMPENSATORY_OFF,
        "label": "Nghỉ bù",
        "source": "Thông báo số 5/TB-UBND",
    }
    return calendar_day_save(**values | changes)


def snapshot():
    return list(CalendarDay.objects.order_by("date").values("date", "kind", "label", "source", "confirmed", "removed"))


def test_seed_fills_the_years_once(told):
    added = calendar_seed()
    before = snapshot()
    assert added == len(before) == len(dict(official_days(2020, 2027)))
    assert {row["date"].year for row in before} == set(range(2020, 2028))
    assert all(row["source"] for row in before)
    assert {row["date"].year for row in before if row["confirmed"]} == {2022, 2023, 2024, 2025, 2026}
    assert calendar_seed() == 0
    assert snapshot() == before
    assert told == [frozenset(row["date"] for row in before)]


def test_seed_needs_few_queries(django_assert_max_num_queries):
    # Among them the ledger's head and, on PostgreSQL, its lock; cases and dossiers ask whose date moves.
    with django_assert_max_num_queries(26):
        calendar_seed()
    with django_assert_max_num_queries(4):
        calendar_seed()


def test_seed_adds_the_next_year_alone():
    calendar_seed(last_year=2026)
    calendar_seed(last_year=2027)
    assert CalendarDay.objects.of_year(2027).exists()
    assert set(CalendarDay.objects.of_year(2027)) == set(
        CalendarDay.objects.unconfirmed().filter(date__gte="2027-01-01")
    )


def test_seed_corrects_what_it_wrote_itself():
    calendar_seed()
    CalendarDay.objects.filter(date=SWAP).update(label="Sai", source="")
    assert calendar_seed() == 1
    assert CalendarDay.objects.get(date=SWAP).source.startswith("Công văn số 12729")


def test_seed_leaves_what_people_changed():
    calendar_seed()
    day = CalendarDay.objects.get(date=SWAP)
    calendar_day_save(
        day=day, date=SWAP, kind=day.kind, label="Nghỉ theo tỉnh", source="Thông báo 1/TB-UBND", confirmed=True
    )
    assert calendar_seed() == 0
    assert CalendarDay.objects.get(date=SWAP).label == "Nghỉ theo tỉnh"


def test_seed_does_not_bring_back_what_people_took_out():
    calendar_seed()
    calendar_day_delete(day=CalendarDay.objects.get(date=SWAP))
    assert calendar_seed() == 0
    assert not CalendarDay.objects.current().filter(date=SWAP).exists()
    assert CalendarDay.objects.work_calendar().is_working_day(SWAP)


def test_seed_does_not_refill_the_date_a_day_moved_from(told):
    calendar_seed()
    day = CalendarDay.objects.get(date=SWAP)
    moved = calendar_day_save(day=day, date=date(2026, 1, 5), kind=day.kind, label=day.label, source=day.source)
    assert moved.pk == day.pk
    assert told[-1] == {SWAP, date(2026, 1, 5)}
    assert calendar_seed() == 0
    calendar = CalendarDay.objects.work_calendar()
    assert calendar.is_working_day(SWAP)
    assert not calendar.is_working_day(date(2026, 1, 5))


def test_a_day_can_move_to_a_date_that_was_taken_out_and_back():
    day = add()
    calendar_day_save(day=day, date=date(2026, 11, 17), kind=day.kind, label="Nghỉ")
    back = calendar_day_save(day=day, date=FREE_MONDAY, kind=day.kind, label="Nghỉ")
    assert back.pk == day.pk
    assert [row.date for row in CalendarDay.objects.current()] == [FREE_MONDAY]


def test_a_date_taken_out_can_be_given_again():
    day = add()
    calendar_day_delete(day=day)
    again = add(label="Nghỉ lại")
    assert again.pk == day.pk
    assert [row.label for row in CalendarDay.objects.current()] == ["Nghỉ lại"]


def test_saving_cleans_records_and_tells(told):
    day = add(label="  Nghỉ\u200b bù ", confirmed=True)
    assert (day.label, day.confirmed, day.edited) == ("Nghỉ bù", True, True)
    assert str(day) == "16/11/2026: Nghỉ bù"
    assert told == [{FREE_MONDAY}]
    event = LedgerEvent.objects.get(verb="calendar.day_saved")
    assert (event.subject_key, event.data) == ("2026-11-16", {"kind": "compensatory_off", "confirmed": True})
    calendar_day_delete(day=day)
    assert told == [{FREE_MONDAY}, {FREE_MONDAY}]
    assert LedgerEvent.objects.filter(verb="calendar.day_removed").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label": "\u200b"}, "label"),
        ({"label": "a\x00"}, "label"),
        ({"label": "a" * 161}, "label"),
        ({"source": "a" * 256}, "source"),
        ({"source": "", "confirmed": True}, "source"),
        ({"kind": "day_of_rest"}, "kind"),
        ({"kind": CalendarDayKind.MAKE_UP_WORKDAY}, "kind"),
        ({"date": FREE_SATURDAY}, "kind"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(told, changes, field):
    with pytest.raises(ValidationError) as refusal:
        add(**changes)
    assert list(refusal.value.message_dict) == [field]
    assert not CalendarDay.objects.exists()
    assert told == []


def test_a_date_is_there_once():
    add()
    with pytest.raises(ValidationError) as refusal:
        add(label="Lần hai")
    assert refusal.value.message_dict == {"date": ["Ngày này đã có trong lịch."]}


@pytest.mark.parametrize(
    "change", [lambda actor: add(actor=actor), lambda actor: calendar_day_delete(day=None, actor=actor)]
)
def test_only_those_allowed_change_it(change):
    with pytest.raises(PermissionDenied):
        change(AnonymousUser())
    assert not CalendarDay.objects.exists()


def test_an_error_of_a_listener_undoes_the_change(told):
    def refuse(dates):
        raise RuntimeError("không tính lại được")

    on_calendar_change(refuse)
    with pytest.raises(RuntimeError):
        add()
    assert not CalendarDay.objects.exists()
    assert not LedgerEvent.objects.exists()


def test_a_listener_is_told_once_however_often_it_registers(told):
    on_calendar_change(told.append)
    on_calendar_change(told.append)
    add()
    assert len(told) == 1


def test_the_calendar_is_one_query_whatever_its_length(django_assert_num_queries):
    calendar_seed(first_year=2026, last_year=2026)
    with django_assert_num_queries(1):
        few = CalendarDay.objects.work_calendar(date(2026, 1, 1), date(2026, 12, 31))
    calendar_seed()
    with django_assert_num_queries(1):
        many = CalendarDay.objects.work_calendar()
    assert len(many.special_days) > len(few.special_days) > 10
    assert (few.first, few.last, many.first) == (date(2026, 1, 1), date(2026, 12, 31), None)
