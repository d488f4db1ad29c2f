"""Dates, sizes and drawings as people here write them."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

from django.contrib.staticfiles import finders
from django.utils.html import escape

import pytest

from cms.core.templatetags.core_tags import filesize_vn, icon, vn_date, vn_datetime, vn_long_date


def test_a_day():
    assert vn_date(date(2026, 11, 3)) == "03/11/2026"


def test_a_moment_is_told_in_local_time():
    late = datetime(2026, 11, 13, 17, 30, tzinfo=UTC)
    assert vn_date(late) == "14/11/2026"
    assert vn_datetime(late) == "0 giờ 30, 14/11/2026"


@pytest.mark.parametrize("nothing", [None, "", "13/11/2026", 7])
def test_what_is_no_day_is_nothing(nothing):
    assert vn_date(nothing) == vn_long_date(nothing) == vn_datetime(nothing) == ""


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 13), "Thứ Sáu, ngày 13 tháng 11 năm 2026"),
        (date(2026, 2, 1), "Chủ Nhật, ngày 01 tháng 02 năm 2026"),
        (date(2026, 3, 9), "Thứ Hai, ngày 09 tháng 3 năm 2026"),
    ],
)
def test_a_day_in_words(day, words):
    assert vn_long_date(day) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 byte"),
        (999, "999 byte"),
        (1_000, "1 kB"),
        (312_400, "312 kB"),
        (999_600, "1 MB"),
        (1_440_000, "1,4 MB"),
        (25_300_000, "25 MB"),
        (None, ""),
        (-1, ""),
    ],
)
def test_a_size(size, words):
    assert filesize_vn(size) == words


def test_a_drawing_is_silent_unless_it_stands_alone():
    assert 'aria-hidden="true"' in icon("search")
    assert f'aria-label="{escape("Tìm <nhanh>")}"' in icon("search", "Tìm <nhanh>")


def test_the_sprite_has_what_templates_ask_for(asked_icons):
    sprite = ElementTree.parse(finders.find("core/img/icons.svg"))
    drawn = {symbol.get("id") for symbol in sprite.getroot()}
    assert asked_icons - drawn == set()
