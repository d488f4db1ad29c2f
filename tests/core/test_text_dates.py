"""Dates as offices write them."""

from datetime import date, datetime

import pytest

from cms.core.text import TextError, format_vietnamese_date, parse_vietnamese_date, weekday_name


@pytest.mark.parametrize(
    "value",
    [
        "10/03/2022",
        "10/3/2022",
        "10 / 3 /2022",
        "10-3-2022",
        "10.03.2022",
        "2022-03-10",
        "ngày 10 tháng 3 năm 2022",
        "Ngày 10 tháng 03 năm 2022.",
        "Hà Nội, ngày 10 tháng 3 năm 2022",
        "Thứ Năm, 10/3/2022",
        "nga\u0300y 10\xa0tháng 3 năm 2022",
        " ngày 10/3/2022 ",
        date(2022, 3, 10),
        datetime(2022, 3, 10, 15, 0),
    ],
)
def test_a_date_is_read(value):
    assert parse_vietnamese_date(value) == date(2022, 3, 10)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "hôm qua",
        "31/02/2022",
        "29/2/2023",
        "0/1/2022",
        "1/13/2022",
        "10/3/22",
        "10/3-2022",
        "10/3/0022",
        "10/3/9999",
        "١٠/٣/٢٠٢٢",
        "10/3/2022 và 11/3/2022",
        "1" * 5000,
        "\ud800",
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(value):
    with pytest.raises(TextError, match=r"\.$"):
        parse_vietnamese_date(value)


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2022, 3, 10), "10/03/2022", "ngày 10 tháng 3 năm 2022"),
        (date(2022, 2, 1), "01/02/2022", "ngày 01 tháng 02 năm 2022"),
        (date(2026, 11, 24), "24/11/2026", "ngày 24 tháng 11 năm 2026"),
    ],
)
def test_a_date_is_written_as_decree_30_asks(day, short, long):
    assert format_vietnamese_date(day) == short
    assert format_vietnamese_date(day, long=True) == long
    assert parse_vietnamese_date(short) == parse_vietnamese_date(long) == day


def test_weekdays():
    assert [weekday_name(date(2026, 11, 23 + n)) for n in range(7)] == [
        "Thứ Hai",
        "Thứ Ba",
        "Thứ Tư",
        "Thứ Năm",
        "Thứ Sáu",
        "Thứ Bảy",
        "Chủ nhật",
    ]
