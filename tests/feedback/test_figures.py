"""The figures page, its files, and what they keep to themselves."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.core.enums import UnitKind
from cms.core.models import AgencySettings, Unit
from cms.core.periods import read_period
from cms.core.services.units import unit_save
from feedback import factories
from feedback.enums import CaseState
from feedback.models import CaseTally
from feedback.services.figures import KEYS, case_figures, median
from tests.feedback.conftest import make_unit
from tests.feedback.counted import TODAY, category_of, row, store
from tests.feedback.walk import queries

pytestmark = pytest.mark.django_db
PAGE = "/phan-anh-kien-nghi/thong-ke/"
YEAR = read_period("2026")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def units(db):
    return [make_unit(f"truong-{number}", f"Trường Mẫu {number}") for number in range(4)]


def many(number, day, **fields):
    return [row(day + timedelta(days=place % 5), **fields) for place in range(number)]


def data(client, query="ky=2026"):
    answer = client.get(f"{PAGE}du-lieu.json?{query}")
    assert answer.status_code == 200
    return json.loads(answer.content)


def line_of(rows, code):
    return next(line for line in rows if line["code"] == code)


def test_the_keys_are_those_of_the_contract(client, units):
    store(*many(6, date(2026, 2, 2), unit=units[0], took=3))
    totals = data(client)["totals"]
    assert tuple(totals) == KEYS
    assert (
        *("received", "answered", "answered_on_time", "open_late", "median_days", "reopened", "rating_mean"),
    ) == KEYS
    assert totals == {
        **{"received": 6, "answered": 6, "answered_on_time": 1.0, "open_late": 0, "median_days": 3},
        **{"reopened": 0, "rating_mean": None},
    }


def test_the_share_counts_what_is_late_and_still_open(client, units):
    on_time = many(6, date(2026, 3, 2), took=5)
    late = many(2, date(2026, 3, 2), took=20)
    waiting = many(4, date(2026, 3, 2))
    store(*on_time, *late, *waiting, *many(3, date(2026, 11, 25)))
    totals = data(client)["totals"]
    assert (totals["received"], totals["answered"], totals["open_late"]) == (15, 8, 4)
    assert totals["answered_on_time"] == 0.5
    assert totals["median_days"] == 5


def test_a_case_counts_by_its_own_day(client):
    store(row(date(2026, 3, 31), took=1), row(date(2026, 4, 1), took=1), row(date(2025, 12, 31), took=9))
    assert data(client, "ky=2026-Q1")["totals"]["received"] == 1
    assert data(client, "ky=2026-Q1")["totals"]["answered"] == 1
    assert data(client, "ky=2026-Q2")["totals"]["answered"] == 2
    assert data(client, "tu=2026-03-31&den=2026-03-31")["totals"]["received"] == 1


@pytest.mark.parametrize(
    ("waits", "middle"),
    [([], None), ([(3, 1)], 3), ([(1, 1), (4, 1)], 2.5), ([(0, 3), (9, 2)], 0), ([(2, 2), (4, 2)], 3)],
)
def test_the_middle_of_days_waited(waits, middle):
    assert median(waits) == middle


def test_small_numbers_are_hidden_everywhere_and_so_is_a_second_row(client, units):
    store(
        *many(20, date(2026, 2, 2), unit=units[0], took=3),
        *many(9, date(2026, 2, 2), unit=units[1], took=3),
        *many(2, date(2026, 2, 2), unit=units[2], took=3),
    )
    found = data(client)
    small = line_of(found["by_unit"], "truong-2")
    assert small["received"] is None
    assert {"received", "answered", "answered_on_time", "median_days"} <= set(small["hidden"])
    assert sum("received" in line["hidden"] for line in found["by_unit"]) >= 2
    html = client.get(PAGE).content.decode()
    assert "Ẩn" in html
    csv_rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}du-lieu.csv").getvalue().decode("utf-8-sig"))))
    assert next(line for line in csv_rows if line["code"] == "truong-2")["received"] == ""


def test_the_least_number_told_is_the_offices_to_decide(client, units):
    agency = AgencySettings.load()
    agency.smallest_cell = 3
    agency.save()
    store(*many(4, date(2026, 2, 2), unit=units[0], took=3), *many(9, date(2026, 2, 2), unit=units[1], took=3))
    found = data(client)
    assert found["smallest_cell"] == 3
    assert line_of(found["by_unit"], "truong-0")["received"] == 4


REPORTED = ["2025", "2025-6T", "2025-9T", *(f"2025-Q{n}" for n in range(1, 5)), "2025-01", "2025-02", "2025-05"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(0, 6), min_size=12, max_size=12), min_size=3, max_size=4))
def test_two_published_periods_never_subtract_to_a_hidden_cell(units, counts):
    CaseTally.objects.all().delete()
    CaseTally.objects.bulk_create(
        CaseTally(scope="unit", key=unit.pk, measure="received", day=date(2025, month, 1), count=number)
        for unit, line in zip(units, counts, strict=False)
        for month, number in enumerate(line, start=1)
    )
    told = {}
    for key in REPORTED:
        period = read_period(key)
        for line in case_figures(period, today=TODAY).units:
            told[line.code, period.starts_on, period.ends_on] = line.values["received"]
    shown = [(place, value) for place, value in told.items() if value is not None]
    assert not [value for _place, value in shown if 0 < value < 5]
    for (code, first, last), whole in shown:
        inside = [(end, part) for (other, start, end), part in shown if other == code and start == first and end < last]
        for end, part in inside:
            assert not 0 < whole - part < 5
            assert told.get((code, end + timedelta(days=1), last), whole - part) == whole - part


def test_what_is_late_is_told_by_its_day_and_names_nobody(client, units):
    store(*many(3, date(2026, 6, 1), unit=units[0]))
    found = data(client)
    assert found["late"][0] == {"due_on": "2026-06-11", "days": 172, "count": 1}
    assert set(found["late"][0]) == {"due_on", "days", "count"}


def test_no_word_and_no_number_of_a_case_is_told(client, units, desk):
    case = factories.in_progress(desk, title="Chuyện kín chim sẻ", body="Lời kín chim sẻ")
    store(*many(9, date(2026, 2, 2), unit=units[0]))
    for address in (PAGE, f"{PAGE}du-lieu.csv", f"{PAGE}du-lieu.json"):
        text = client.get(address).getvalue().decode()
        private = [
            "chim",
            case.reference,
            "PA-2000",
            desk.officer.username,
            factories.ENTRY.name,
            factories.ENTRY.phone,
        ]
        assert [word for word in private if word in text] == []


def test_months_that_are_not_whole_have_no_tables(client, units):
    store(*many(9, date(2026, 2, 2), unit=units[0], took=3))
    found = data(client, "tu=2026-02-01&den=2026-02-20")
    assert found["totals"]["received"] == 9
    assert found["by_unit"] is None
    html = client.get(f"{PAGE}?tu=2026-02-01&den=2026-02-20").content.decode()
    assert "tháng trọn vẹn" in html
    assert data(client, "tu=2026-02-01&den=2026-02-28")["by_unit"] is not None


def test_a_period_that_ends_today_is_whole(client, units):
    store(*many(9, date(2026, 11, 2), unit=units[0], took=3))
    assert data(client, "tu=2026-11-01&den=2026-11-30")["by_unit"] is not None


@pytest.mark.parametrize(
    "query",
    [
        *("ky=2026-Q5", "ky=abc", "ky=%00", "ky=2026-13", "ky=٢٠٢٦", "tu=2026-01-01", "den=2026-01-01", "tu=x&den=y"),
        *("tu=2026-02-30&den=2026-03-01", "tu=2026-03-01&den=2026-01-01", "tu=2001-01-01&den=2026-01-01"),
        *("ky=2026&tu=2026-01-01&den=2026-02-01", "ky=" + "9" * 5000, "tu=1926-01-01&den=1926-02-01"),
    ],
)
def test_a_bad_period_is_told_in_words(client, query):
    page = client.get(f"{PAGE}?{query}")
    assert page.status_code == 400
    assert 'id="ky-loi"' in page.content.decode()
    for name in ("du-lieu.csv", "du-lieu.json"):
        answer = client.get(f"{PAGE}{name}?{query}")
        assert answer.status_code == 400
        assert json.loads(answer.content)["error"]


def test_an_empty_portal_says_so(client):
    html = client.get(PAGE).content.decode()
    assert "Kỳ này chưa có phản ánh nào." in html
    assert "Không có phản ánh nào quá hạn" in html


def test_the_page_sets_no_cookie_and_changes_nothing(client, units):
    store(*many(9, date(2026, 2, 2), unit=units[0], took=3))
    before = list(CaseTally.objects.values_list("pk", "count"))
    for address in (PAGE, f"{PAGE}du-lieu.csv", f"{PAGE}du-lieu.json"):
        assert not client.get(address).cookies
        assert client.post(address).status_code == 405
    assert list(CaseTally.objects.values_list("pk", "count")) == before


def test_questions_to_the_database_do_not_grow(client, units):
    store(*many(10, date(2026, 2, 2), unit=units[0], took=3))
    addresses = (PAGE, f"{PAGE}du-lieu.json", f"{PAGE}du-lieu.csv", f"{PAGE}?tu=2020-01-01&den=2026-11-30")
    client.get(PAGE)
    few = queries(client, *addresses)
    more = [make_unit(f"them-{number}", f"Trường Thêm {number}") for number in range(30)]
    store(
        *(
            case
            for unit in more
            for month in range(1, 11)
            for case in many(3, date(2026, month, 2), unit=unit, took=month)
        ),
        *many(20, date(2026, 5, 4), unit=units[1], category=category_of("hoc-phi")),
    )
    assert queries(client, *addresses) == few
    assert max(few) <= 17


def test_a_reader_who_has_the_file_gets_no_second_one(client, units):
    store(*many(9, date(2026, 2, 2), unit=units[0], took=3))
    etag = client.get(f"{PAGE}du-lieu.json").headers["ETag"]
    assert client.get(f"{PAGE}du-lieu.json", headers={"if-none-match": etag}).status_code == 304
    factories.submitted(units[0])
    fresh = client.get(f"{PAGE}du-lieu.json", headers={"if-none-match": etag})
    assert fresh.status_code == 200
    assert fresh.headers["Access-Control-Allow-Origin"] == "*"


def test_a_new_unit_makes_the_file_new(client, units):
    store(*many(9, date(2026, 2, 2), unit=units[0], took=3))
    addresses = [f"{PAGE}du-lieu.json", f"{PAGE}du-lieu.csv"]
    etags = {address: client.get(address).headers["ETag"] for address in addresses}
    unit_save(code="truong-moi", actor=None, name="Trường Mới Mở", kind=UnitKind.PRIMARY)
    for address, etag in etags.items():
        fresh = client.get(address, headers={"if-none-match": etag})
        assert fresh.status_code == 200, address
        assert "Trường Mới Mở" in fresh.getvalue().decode()


def test_the_chart_says_in_words_what_it_draws(client, units):
    store(*many(9, date(2026, 2, 2), unit=units[0], took=3), *many(9, date(2026, 2, 2), unit=units[1], took=30))
    html = client.get(PAGE).content.decode()
    assert html.count('role="img"') == 3
    assert 'aria-labelledby="hinh-thang-ten hinh-thang-loi"' in html
    assert "style=" not in html
    assert Unit.objects.count() == 4


def test_spam_is_not_counted_and_an_end_without_an_answer_is_no_answer(client, units):
    store(row(date(2026, 2, 2), state=CaseState.QUARANTINED), row(date(2026, 2, 2), state=CaseState.CLOSED))
    totals = data(client)["totals"]
    assert (totals["received"], totals["answered"]) == (1, 0)
