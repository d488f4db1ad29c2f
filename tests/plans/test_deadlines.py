"""What plans say about time (S62)."""

from datetime import date

import pytest

from cms.plans.enums import DeadlineKind
from cms.plans.importers.deadlines import read_deadline

BY, RECURRING, CONTINUOUS = DeadlineKind.BY_DATE, DeadlineKind.RECURRING, DeadlineKind.CONTINUOUS
FOLLOWS, OTHER = DeadlineKind.FOLLOWS_OTHER, DeadlineKind.OTHER


@pytest.mark.parametrize(
    ("words", "kind", "day"),
    [
        ("Thường xuyên", CONTINUOUS, None),
        ("Lồng ghép trong năm học", CONTINUOUS, None),
        ("Trong năm 2022", CONTINUOUS, None),
        ("Hàng quý", RECURRING, None),
        ("Hằng tháng", RECURRING, None),
        ("Định kỳ 6 tháng, năm", RECURRING, None),
        ("Mỗi quý một lần", RECURRING, None),
        ("Theo tiến độ của UBND huyện, SGD&ĐT", FOLLOWS, None),
        ("Theo kế hoạch tuyển sinh của Sở Giáo dục và Đào tạo", FOLLOWS, None),
        ("Sau khi có hướng dẫn", FOLLOWS, None),
        ("Hoàn thành trước tháng 8/2022", BY, date(2022, 7, 31)),
        ("Trước tháng 01/2023", BY, date(2022, 12, 31)),
        ("Trong tháng 8/2022", BY, date(2022, 8, 31)),
        ("Tháng 2", BY, date(2024, 2, 29)),
        ("Quý III/2022", BY, date(2022, 9, 30)),
        ("Quý IV", BY, date(2024, 12, 31)),
        ("Trước ngày 15/3/2022", BY, date(2022, 3, 15)),
        ("Trước 30/6", BY, date(2024, 6, 30)),
        ("ngày 5 tháng 9 năm 2022", BY, date(2022, 9, 5)),
        ("Từ 01/3/2022 đến 30/6/2022", BY, date(2022, 6, 30)),
        ("12/2022", BY, date(2022, 12, 31)),
        ("Trước ngày 31/02/2022", OTHER, None),
        ("Khi cần", OTHER, None),
        ("", OTHER, None),
        ("99/99/9999", OTHER, None),
        ("tháng 13/2022", OTHER, None),
        ("<b>x</b>" * 20, OTHER, None),
    ],
)
def test_words_about_time_are_understood_or_left_alone(words, kind, day):
    assert read_deadline(words, 2024) == (kind, day)


def test_a_plan_without_a_year_has_no_days_of_its_own():
    assert read_deadline("Trước 30/6", 0) == (OTHER, None)
