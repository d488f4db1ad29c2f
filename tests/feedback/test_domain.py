"""Codes, names, dates: what needs no service."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.enums import CalendarDayKind
from cms.core.services.calendar import calendar_day_save
from feedback import codes, factories
from feedback.enums import CaseState, DueStanding, NameShown
from feedback.models import Case, ClockPause, DeadlineProfile, Sender
from feedback.models.leaks import leak_errors, without_traces
from feedback.services.deadlines import due_on, due_strip, standing
from feedback.services.handling import case_reply

# --- codes ------------------------------------------------------------------------------------------


def test_a_code_belongs_to_its_form_and_to_no_other():
    assert codes.code_for("a") == codes.code_for("a")
    assert codes.code_for("a") != codes.code_for("b")
    assert codes.code_for("a") != codes.code_for("a", 1)


def test_a_code_is_twelve_letters_that_nobody_mixes_up():
    assert len(set(codes.ALPHABET)) == 32
    assert not set("IO01") & set(codes.ALPHABET)
    assert len(codes.code_for("a")) == 12
    assert codes.grouped(codes.code_for("a")).count("-") == 2


@given(st.text(max_size=60))
def test_a_code_is_read_however_it_was_typed(token):
    code = codes.code_for(token)
    for typed in (code, codes.grouped(code), codes.grouped(code).lower(), f" {code[:5]} {code[5:]} "):
        assert codes.normalise_code(typed) == code


@given(st.text(max_size=200))
def test_reading_a_code_never_fails(typed):
    assert codes.normalise_code(typed) in {"", codes.normalise_code(typed).upper()}


def test_another_key_makes_other_codes(settings):
    before = codes.code_for("a"), codes.code_digest("X"), codes.form_token_digest("a")
    settings.TRACKING_KEY = "k" * 50
    assert not set(before) & {codes.code_for("a"), codes.code_digest("X"), codes.form_token_digest("a")}


# --- the name as its bearer wants it ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown", "expected"),
    [
        ("Nguyễn Văn An", NameShown.FULL, "Nguyễn Văn An"),
        ("Nguyễn Văn An", NameShown.INITIALS, "N. V. A."),
        ("Nguyễn Văn An", NameShown.HIDDEN, "Một người dân"),
        ("Đặng Ái", NameShown.INITIALS, "Đ. Á."),
        ("", NameShown.FULL, "Một người dân"),
        ("123", NameShown.INITIALS, "Một người dân"),
    ],
)
def test_the_shown_name(name, shown, expected):
    assert Sender(name=name, name_shown=shown).shown_name == expected


def test_a_masked_phone_shows_three_digits_at_most():
    assert Sender(phone_digits="0987654321").masked_phone == "••• ••• 321"
    assert Sender(phone_digits="1022").masked_phone == ""


# --- leaks ------------------------------------------------------------------------------------------


@dataclass
class Person:
    name: str = "Nguyễn Thị Hoa"
    phone_digits: str = "0912345678"
    email: str = "hoa.nguyen88@thu.vn"
    address: str = "Số 12 ngõ 34 phố Mẫu, phường Thí Điểm"
    name_shown: str = NameShown.HIDDEN


@pytest.mark.parametrize(
    "text",
    [
        "Tôi là Nguyễn Thị Hoa, phụ huynh lớp 3",
        "Tôi là NGUYỄN THỊ HOA.",
        "toi la nguyen thi hoa",
        "Nguyễn  Thị\nHoa",
        "Kính gửi bà Hoa,",
        "Chị HOA đã báo",
        "gọi 0912345678 nhé",
        "gọi 0912 345 678",
        "gọi 0912.345.678",
        "gọi (0912) 345-678",
        "gọi +84 912 345 678",
        "gọi 84912345678",
        "số:09-12-34-56-78.",
        "gọi ０９１２３４５６７８",
        "thư HOA.NGUYEN88@THU.VN",
        "thư hoa.nguyen88 (at) thu.vn",
        "nhà ở số 12 ngõ 34 phố Mẫu",
        "SO 12 NGO 34 PHO MAU, PHUONG THI DIEM",
    ],
)
def test_the_sender_is_found_and_masked_however_written(text):
    assert leak_errors(Person(), {"question": text})["question"]
    masked = without_traces(Person(), text)
    assert leak_errors(Person(), {"question": masked}) == {}


@pytest.mark.parametrize(
    "text",
    ["Hoa trong sân trường nở đẹp", "phố Mẫu ngập nước", "Điện thoại 0912000000", "Bà Hoài đã báo", "thu.vn", ""],
)
def test_what_only_looks_alike_stays(text):
    assert leak_errors(Person(), {"question": text}) == {}
    assert without_traces(Person(), text) == text


def test_a_name_that_may_be_shown_is_no_leak_but_the_phone_still_is():
    open_person = Person(name_shown=NameShown.FULL)
    assert leak_errors(open_person, {"answer": "Kính gửi bà Nguyễn Thị Hoa"}) == {}
    assert leak_errors(open_person, {"answer": "Gọi 0912345678"})


def test_an_erased_sender_leaves_nothing_to_find():
    assert leak_errors(None, {"answer": "Nguyễn Thị Hoa"}) == {}


@given(st.text(max_size=300))
def test_masking_never_fails_and_is_done_once(text):
    masked = without_traces(Person(), text)
    assert without_traces(Person(), masked) == masked


# --- dates ------------------------------------------------------------------------------------------


def at(day, hour=9):
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(hour)))


@pytest.fixture
def case(desk):
    """A case received on Monday 2 March 2026, with fifteen working days."""
    row = factories.accepted(desk)
    Case.objects.filter(pk=row.pk).update(clock_started_at=at("2026-03-02"), accepted_at=at("2026-03-02"))
    row.refresh_from_db()
    return row


@pytest.mark.django_db
def test_there_is_no_date_before_acceptance(desk):
    case = factories.submitted(desk.unit)
    assert (case.due_on, due_on(case), due_strip(case)) == (None, None, None)


@pytest.mark.django_db
def test_the_date_is_the_end_of_the_last_working_day(case):
    assert due_on(case) == date(2026, 3, 23)
    strip = due_strip(case)
    assert strip.due_on == date(2026, 3, 23)
    assert strip.days[0].counted == 0
    assert [day.counted for day in strip.days if day.counted][-1] == 15
    assert not strip.confirmed, "nobody has confirmed the profile yet"


@pytest.mark.django_db
def test_a_complex_case_has_longer(case):
    case.complex = True
    assert due_on(case) == date(2026, 4, 13)


@pytest.mark.django_db
def test_calendar_days_count_where_the_profile_says_so(case):
    DeadlineProfile.objects.filter(code="thong-thuong").update(working=False, cut_off=time(8))
    case = Case.objects.select_related("category__profile").get(pk=case.pk)
    assert due_on(case) == date(2026, 3, 18), "received after the cut-off hour"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("began", "ended", "expected"),
    [
        ("2026-03-04", "2026-03-06", date(2026, 3, 25)),
        ("2026-03-04", "2026-03-04", date(2026, 3, 23)),
        ("2026-03-06", "2026-03-09", date(2026, 3, 24)),
        ("2026-03-07", "2026-03-08", date(2026, 3, 23)),
    ],
)
def test_a_pause_moves_the_date_by_the_working_days_waited(case, began, ended, expected):
    ClockPause.objects.create(case=case, began_at=at(began), ended_at=at(ended, 16))
    assert due_on(case) == expected


@pytest.mark.django_db
def test_pauses_of_an_earlier_clock_do_not_count_again(case):
    ClockPause.objects.create(case=case, began_at=at("2026-02-02"), ended_at=at("2026-02-20"))
    assert due_on(case) == date(2026, 3, 23)


@pytest.mark.django_db
def test_the_date_moves_when_the_calendar_does_and_the_sender_may_see_it(case):
    Case.objects.filter(pk=case.pk).update(due_on=date(2026, 3, 23))
    calendar_day_save(date=date(2026, 3, 10), kind=CalendarDayKind.HOLIDAY, label="Nghỉ vì bão", source="CV 1")
    case.refresh_from_db()
    assert case.due_on == date(2026, 3, 24)


@pytest.mark.django_db
def test_the_clock_stands_still_while_the_sender_is_asked(desk):
    case = factories.waiting(desk)
    before = case.due_on
    ClockPause.objects.filter(case=case).update(began_at=timezone.now() - timedelta(days=14))
    Case.objects.filter(pk=case.pk).update(clock_started_at=timezone.now() - timedelta(days=20))
    assert standing(Case.objects.get(pk=case.pk)).kind == DueStanding.PAUSED
    assert not Case.objects.late(timezone.localdate() + timedelta(days=400)).exists()
    case_reply(case=case, text="Phòng 12.")
    assert case.state == CaseState.IN_PROGRESS
    assert case.due_on != before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "kind", "text"),
    [
        ("2026-03-18", DueStanding.AHEAD, "còn 3 ngày làm việc"),
        ("2026-03-19", DueStanding.SOON, "còn 2 ngày làm việc"),
        ("2026-03-23", DueStanding.SOON, "hạn hôm nay"),
        ("2026-03-25", DueStanding.LATE, "quá hạn 2 ngày làm việc"),
    ],
)
def test_a_badge_says_it_in_words(case, today, kind, text):
    Case.objects.filter(pk=case.pk).update(due_on=date(2026, 3, 23))
    case.refresh_from_db()
    found = standing(case, date.fromisoformat(today))
    assert (found.kind, found.text) == (kind, text)


@pytest.mark.django_db
def test_late_is_never_said_without_how_much(desk):
    friday, saturday = date(2026, 3, 20), date(2026, 3, 21)
    for make in (factories.accepted, factories.answered):
        case = make(desk)
        Case.objects.filter(pk=case.pk).update(
            due_on=friday, answered_at=timezone.make_aware(datetime(2026, 3, 21, 9)) if case.answered_at else None
        )
        case.refresh_from_db()
        found = standing(case, saturday)
        assert found.kind in {DueStanding.LATE, DueStanding.DONE_LATE}
        assert found.days == 1
        assert "1 ngày làm việc" in found.text
    waiting = factories.submitted(desk.unit)
    found = standing(waiting, timezone.localdate(waiting.received_at) + timedelta(days=60))
    assert f"quá hạn tiếp nhận {found.days} ngày" in found.text
    assert found.days > 1
