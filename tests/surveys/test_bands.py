"""Numbers and days in results: counted in bands that hold every answer once, told in order, hidden like the others."""

from datetime import date
from decimal import Decimal

from django.test import Client

import pytest
import time_machine
from bs4 import BeautifulSoup
from hypothesis import given as asked_of
from hypothesis import strategies as st

from surveys import factories
from surveys.enums import ChannelKind, QuestionKind
from surveys.models import Question, ResponseTally
from surveys.reports.screen import shown
from surveys.services.bands import MOST_BANDS, band_of, bands_told
from surveys.services.choices import masked
from surveys.services.responses import Coming, channel_plain, response_write, version_asked
from surveys.services.tallies import tallies_fit_responses, tallies_rebuild
from tests.surveys.test_results import data, page

NUMBER = {"key": "so", "label": "Bao nhiêu?", "kind": QuestionKind.NUMBER}
DAY = {"key": "ngay", "label": "Ngày nào?", "kind": QuestionKind.DATE}
SCORE = {"key": "TC01", "label": "Hài lòng?", "kind": QuestionKind.SCORE}


def number(least=None, most=None):
    return Question(**NUMBER, least=least, most=most)


def words(question, *given):
    levels = {}
    for each in given:
        code = band_of(question, each)
        levels[code] = levels.get(code, 0) + 1
    return [(band.label, band.count) for band in bands_told(question, levels)]


class TestNumbers:
    @pytest.mark.parametrize(
        ("least", "most", "given", "said"),
        [
            (0, 5, "3", "3"),
            (0, 5, "5", "5"),
            (15, 20, "17.5", "trên 17, dưới 18"),
            (0, 100, "0", "từ 0 đến dưới 10"),
            (0, 100, "87.5", "từ 80 đến dưới 90"),
            (0, 100, "100", "100"),
            (0, 150, "150", "từ 140 đến 150"),
            (-30, 30, "-0.5", "từ -5 đến dưới 0"),
            (7, 7, "7", "7"),
            (1000, 90000, "25000", "từ 20.000 đến dưới 30.000"),
            (None, None, "0", "0"),
            (None, None, "9.99", "trên 9, dưới 10"),
            (None, None, "10", "từ 10 đến dưới 20"),
            (None, None, "99.5", "từ 90 đến dưới 100"),
            (None, None, "100", "từ 100 đến dưới 200"),
            (None, None, "499", "từ 200 đến dưới 500"),
            (None, None, "999999", "từ 500.000 đến dưới 1.000.000"),
            (0, None, "12", "từ 10 đến dưới 20"),
            (None, None, "-3", "dưới 0"),
        ],
    )
    def test_a_number_is_told_in_the_band_it_lies_in(self, least, most, given, said):
        assert words(number(least, most), given) == [(said, 1)]

    def test_bands_stand_in_the_order_of_size(self):
        found = words(number(), "100", "9", "-4", "20", "9.5", "1000", "9")
        assert found == [
            ("dưới 0", 1),
            ("9", 2),
            ("trên 9, dưới 10", 1),
            ("từ 20 đến dưới 30", 1),
            ("từ 100 đến dưới 200", 1),
            ("từ 1.000 đến dưới 2.000", 1),
        ]

    @asked_of(
        st.integers(-(10**6), 10**6),
        st.integers(0, 10**7),
        st.integers(-(10**8), 10**11).map(lambda hundredths: Decimal(hundredths) / 100),
    )
    def test_every_number_lies_between_the_ends_of_its_band_and_bands_are_few(self, least, span, given):
        for question in (number(), number(least, least + span)):
            if question.most is not None and not question.least <= given <= question.most:
                continue
            low, _colon, high = band_of(question, f"{given.normalize():f}").partition(":")
            assert not low or Decimal(low) <= given
            assert given < Decimal(high) if high else given == Decimal(low)
        step = {band_of(number(least, least + span), str(least + span * part // 50)) for part in range(51)}
        assert len(step) <= MOST_BANDS + 2


class TestFew:
    @pytest.mark.parametrize(
        ("levels", "told"),
        [
            ({"16": 1, "17": 2, "17:18": 1, "18": 2, "20": 1}, [("từ 16 đến 17", 3), ("trên 17 đến 20", 4)]),
            ({"60:80": 25, "80:100": 34, "100:120": 1}, [("từ 60 đến dưới 80", 25), ("từ 80 đến dưới 120", 35)]),
            ({":0": 1, "3": 9}, [("đến 3", 10)]),
            ({"17:18": 1, "20:30": 4, "30:40": 7}, [("trên 17 đến dưới 30", 5), ("từ 30 đến dưới 40", 7)]),
            ({"3": 1}, []),
        ],
    )
    def test_a_band_of_few_goes_with_the_smaller_of_its_neighbours(self, levels, told):
        assert [(band.label, band.count) for band in bands_told(number(), levels, 3)] == told

    def test_days_too(self):
        found = bands_told(Question(**DAY), {"2026-01": 6, "2026-02": 1, "2026-03": 2}, 5)
        assert [(band.label, band.count) for band in found] == [("từ tháng 1/2026 đến tháng 3/2026", 9)]

    @asked_of(st.dictionaries(st.integers(0, 30).map(str), st.integers(1, 9), min_size=1), st.integers(1, 6))
    def test_nobody_is_lost_and_nothing_small_is_told(self, levels, smallest):
        found = bands_told(number(), levels, smallest)
        total = sum(levels.values())
        assert sum(band.count for band in found) == (total if total >= smallest else 0)
        assert all(band.count >= smallest for band in found)


class TestLists:
    @pytest.mark.parametrize(
        ("counts", "add_up", "told"),
        [
            ([12, 1, 9], False, [12, None, 9]),
            ([12, 1, 9], True, [12, None, None]),
            ([12, 0, 9], True, [12, 0, 9]),
            ([4, 4, 9], True, [None, None, 9]),
            ([2, 2, 9], True, [None, None, None]),
            ([1, 1, 1, 1, 1, 8], True, [None, None, None, None, None, 8]),
        ],
    )
    def test_small_counts_are_hidden_with_a_second_one_where_they_add_up(self, counts, add_up, told):
        assert masked(counts, 5, add_up=add_up) == told

    @asked_of(st.lists(st.integers(0, 12), min_size=2, max_size=6), st.integers(2, 6))
    def test_what_is_hidden_leaves_more_than_one_way(self, counts, smallest):
        """Whoever knows the sum and what is told finds for each hidden small count at least two values that fit."""
        if sum(counts) < smallest:
            return
        told = masked(counts, smallest, add_up=True)
        hidden = [at for at, count in enumerate(told) if count is None]
        left = sum(counts[at] for at in hidden)
        for at in hidden:
            if counts[at] < smallest:
                others = len(hidden) - 1
                assert others >= 1
                assert left >= smallest
                assert {each for each in range(1, left) if left - each >= others} - {counts[at]} or left == len(hidden)
        assert all(count is None or count == 0 or count >= smallest for count in told)


class TestDays:
    def test_days_are_told_by_month_then_by_year_then_by_ten_years(self):
        day = Question(**DAY)
        assert words(day, "2026-03-05", "2026-01-31", "2026-03-01") == [("tháng 1/2026", 1), ("tháng 3/2026", 2)]
        years = words(day, *(f"{2020 + month // 12}-{month % 12 + 1:02d}-05" for month in range(30)))
        assert years == [("năm 2020", 12), ("năm 2021", 12), ("năm 2022", 6)]
        births = words(day, *(f"{year}-05-05" for year in range(1941, 2001)))
        assert births[0] == ("từ năm 1940 đến 1949", 9)
        assert births[-1] == ("từ năm 2000 đến 2009", 1)

    def test_what_was_chosen_when_the_question_was_another_is_told_by_its_code(self):
        mixed = bands_told(Question(**DAY), {"sua-san": 3, "2026-03": 2})
        assert [(band.code, band.label) for band in mixed] == [("2026-03", "tháng 3/2026"), ("sua-san", "sua-san")]
        assert bands_told(number(), {"sua-san": 3})[0].label == "sua-san"


@pytest.mark.django_db
class TestResults:
    @pytest.fixture(autouse=True)
    def today(self):
        with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
            yield

    @pytest.fixture
    def survey(self):
        return factories.survey(
            [SCORE, NUMBER | {"least": 15, "most": 20}, DAY], slug="thu", results_public=True, title="Khảo sát thử"
        )

    def give(self, survey, *hours, day="2026-02-10"):
        version = version_asked(survey_id=survey.pk, version_id=survey.current_id, today=date.fromisoformat(day))
        channel = channel_plain(survey_id=survey.pk, kind=ChannelKind.WEB)
        coming = Coming(channel=channel, day=date.fromisoformat(day), unit=None, about="", stratum="web")
        for hour in hours:
            response_write(version=version, come=coming, answers={"TC01": "5", "so": hour, "ngay": "2026-01-15"})

    def test_page_and_data_tell_bands_in_order_with_their_median(self, survey):
        self.give(survey, *["16"] * 5, *["17"] * 6, "17.5", *["18"] * 7, *["20"] * 4)
        _answer, said = page()
        assert "16 5 21,7 % từ 17 đến dưới 18 7 30,4 % từ 18 đến 20 11 47,8 %" in said.replace("\xa0", " ")
        assert "Trung vị: từ 17 đến dưới 18." in said
        assert "tháng 1/2026 23 100,0 %" in said
        cells = {cell["key"]: cell for cell in data()["cells"]}
        assert cells["so"]["order"] == ["16", "17~17:18", "18~20"]
        assert cells["so"]["median"] == "17~17:18"
        assert cells["so"]["levels"] == {"16": 5, "17~17:18": 7, "18~20": 11}
        assert cells["TC01"]["median"] is None

    def test_few_numbers_are_hidden_like_any_other_answer(self, survey):
        self.give(survey, "17", "18", "16")
        _answer, said = page()
        cells = {cell["key"]: cell for cell in data()["cells"]}
        assert cells["so"]["hidden"]
        assert cells["so"]["levels"] is cells["so"]["order"] is cells["so"]["median"] is None
        assert "Trung vị:" not in said

    def test_the_recount_writes_bands_where_older_counts_have_none(self, survey):
        self.give(survey, "17", "18", "16")
        assert list(tallies_fit_responses()) == []
        before = set(ResponseTally.objects.values_list("key", "choice", "count"))
        ResponseTally.objects.filter(key__in=["so", "ngay"]).exclude(choice="").delete()
        assert list(tallies_fit_responses())
        assert tallies_rebuild()
        assert set(ResponseTally.objects.values_list("key", "choice", "count")) == before

    def test_a_published_list_keeps_its_order_whatever_the_database_does_with_names(self, survey):
        self.give(survey, *["17", "18", "16", "20", "19"] * 5)
        record = data()
        for cell in record["cells"]:
            cell["choices"] = dict(sorted(cell["choices"].items(), reverse=True))
        record["formulas"] = dict(sorted(record["formulas"].items()))
        told = shown(record)
        line = next(each for each in told["others"] if each["key"] == "so")
        assert [choice["label"] for choice in line["choices"]] == ["16", "17", "18", "19", "20"]
        assert [name for name, _words in told["formulas"]][:3] == ["Số trả lời", "Bỏ trống", "Tỷ lệ hài lòng"]


@pytest.mark.django_db
class TestRankings:
    ORDER = {
        "key": "truoc",
        "label": "Việc nào trước?",
        "kind": QuestionKind.RANKING,
        "choices": "Sửa sân\nThêm sách\nTrồng cây",
    }

    def test_a_ranking_is_a_line_an_option_with_its_places(self):
        survey = factories.survey([SCORE, self.ORDER], slug="thu", results_public=True, title="Khảo sát thử")
        version = version_asked(survey_id=survey.pk, version_id=survey.current_id, today=date(2026, 2, 10))
        channel = channel_plain(survey_id=survey.pk, kind=ChannelKind.WEB)
        coming = Coming(channel=channel, day=date(2026, 2, 10), unit=None, about="", stratum="web")
        for order, times in ((["1.trong-cay", "2.sua-san"], 9), (["1.sua-san"], 8), (["1.them-sach"], 2)):
            for _time in range(times):
                response_write(version=version, come=coming, answers={"TC01": "4", "truoc": order})
        with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
            cell = next(each for each in data()["cells"] if each["key"] == "truoc")
            html = Client().get("/khao-sat/thu/ket-qua/?ky=2026").content.decode()
        assert [(each["code"], each["places"], each["n"], each["share"]) for each in cell["ranking"]] == [
            ("trong-cay", [9, 0], 9, 0.4737),
            ("sua-san", [None, 9], None, None),
            ("them-sach", [None, 0], None, None),
        ]
        table = BeautifulSoup(html, "html.parser").select_one("[aria-labelledby=cau-truoc] table")
        rows = [[each.get_text() for each in row.select("th, td")] for row in table.select("tr")]
        assert rows == [
            ["Được xếp thứ", "1", "2", "Số người chọn", "Tỷ lệ"],
            ["Trồng cây", "9", "0", "9", "47,4\xa0%"],
            ["Sửa sân", "Ẩn", "9", "Ẩn", "Ẩn"],
            ["Thêm sách", "Ẩn", "0", "Ẩn", "Ẩn"],
        ]
        assert "“Ẩn”: số từ 1 đến dưới 5" in html
        assert len(html.split('<svg class="bars__drawing"')) == 1
