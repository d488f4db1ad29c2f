"""Files for those who may take them away, wishes by theme, and the figure on the first page."""

import csv
import io
from collections import Counter
from datetime import date

from django.test import Client
from django.urls import reverse

import docx
import openpyxl
import pytest
import time_machine
from docx.oxml.ns import qn

from cms.core.enums import ModerationDecision, Role
from cms.core.models import AgencySettings, LedgerEvent
from surveys import factories
from surveys.enums import QuestionKind
from surveys.models import OpenWords, ResponseTally, WordsTheme
from surveys.reports.home import satisfaction
from surveys.services.tallies import WISHES, tallies_fit_responses
from surveys.services.themes import themes_seed
from surveys.services.words import words_decide, words_forget
from tests.feedback.conftest import make_unit
from tests.surveys.test_results import data, give, page, score

pytestmark = pytest.mark.django_db
Q1 = date(2026, 2, 10)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def surveyor(officer):
    return officer(Role.SURVEYOR)


@pytest.fixture
def client(surveyor):
    found = Client()
    found.force_login(surveyor)
    return found


@pytest.fixture
def survey():
    return factories.survey([score("TC01"), score("TC02"), factories.WORDS], slug="thu", results_public=True)


def export(client, survey, kind, query="ky=2026"):
    return client.get(reverse("survey:export", args=[survey.pk, kind]) + f"?{query}")


class TestFiles:
    def test_columns_keep_their_places_from_version_to_version(self, survey, client):
        give(survey, {"TC01": "4", "TC02": "5"}, 6)
        other = factories.version(survey, [score("TC03"), score("TC02")])
        survey.current = other
        survey.save()
        give(survey, {"TC03": "1", "TC02": "2"}, 6)
        answer = export(client, survey, "csv")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert text.splitlines()[0] == "stt,ban,ma_don_vi,don_vi,quy,TC01,TC02,TC03"
        assert sorted((row["ban"], row["TC01"], row["TC02"], row["TC03"]) for row in rows) == [
            *[("1", "4", "5", "")] * 6,
            *[("2", "", "2", "1")] * 6,
        ]
        assert "no-store" in answer.headers["Cache-Control"]
        assert LedgerEvent.objects.filter(verb="survey.exported").exists()

    def test_the_book_has_figures_codes_words_and_a_dictionary(self, survey, client):
        survey.current.sections.first().questions.filter(key="TC01").update(label="=HYPERLINK(1)")
        give(survey, {"TC01": "4", "TC02": "5", "loi": "Lời riêng của tôi"}, 6)
        book = openpyxl.load_workbook(io.BytesIO(export(client, survey, "xlsx").content))
        assert book.sheetnames == ["Kết quả", "Phiếu (mã)", "Phiếu (chữ)", "Từ điển"]
        codes, words = book["Phiếu (mã)"], book["Phiếu (chữ)"]
        assert [cell.value for cell in codes[1]][-2:] == ["TC01", "TC02"]
        assert [cell.value for cell in codes[2]][-2:] == [4, 5]
        assert [cell.value for cell in words[2]][-2:] == ["Hài lòng", "Rất hài lòng"]
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert "Lời riêng của tôi" not in {cell.value for cell in cells}
        meanings = {(row[0].value, row[3].value): row[4].value for row in book["Từ điển"].iter_rows(min_row=2)}
        assert meanings["TC01", 1] == "Rất không hài lòng"

    def test_where_there_are_few_a_row_says_no_place(self, survey, client):
        first, second = make_unit("a", "Trường A"), make_unit("b", "Trường B")
        give(survey, {"TC01": "5"}, 20, unit=first)
        give(survey, {"TC01": "1"}, 2, unit=second)
        give(survey, {"TC01": "3"}, 9)
        text = b"".join(export(client, survey, "csv").streaming_content).decode("utf-8-sig")
        places = [row["ma_don_vi"] for row in csv.DictReader(io.StringIO(text))]
        assert "b" not in places
        assert places.count("") >= 5

    def rows(self, client, survey, query="ky=2026"):
        text = b"".join(export(client, survey, "csv", query).streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def test_a_row_says_the_same_in_the_file_of_every_period(self, survey, client):
        """A school with one response in January: its year is told, and rows of the year's file must not say more."""
        first, second = make_unit("a", "Trường A"), make_unit("b", "Trường B")
        january, may = date(2026, 1, 10), date(2026, 5, 12)
        give(survey, {"TC01": "1", "TC02": "2"}, unit=first, day=january)
        give(survey, {"TC01": "4", "TC02": "5"}, 20, unit=first, day=may)
        for day in (january, may):
            give(survey, {"TC01": "3", "TC02": "4"}, 30, unit=second, day=day)
        assert data("ky=2026&don-vi=a")["responses"] == 21
        year, spring = self.rows(client, survey), self.rows(client, survey, "ky=2026-Q2")
        said = {(row["TC01"], row["ma_don_vi"], row["quy"]) for row in year}
        assert "a" not in {unit for _level, unit, _quarter in said}
        assert {(row["TC01"], row["ma_don_vi"], row["quy"]) for row in spring} <= said

    def test_a_month_with_enough_of_everything_says_its_place_and_quarter(self, survey, client):
        first, second = make_unit("a", "Trường A"), make_unit("b", "Trường B")
        for unit in (first, second):
            for day in (date(2026, 2, 10), date(2026, 5, 12)):
                give(survey, {"TC01": "4", "TC02": "5"}, 10, unit=unit, day=day)
        said = Counter((row["ma_don_vi"], row["don_vi"], row["quy"]) for row in self.rows(client, survey))
        assert said == {
            (code, name, quarter): 10
            for code, name in (("a", "Trường A"), ("b", "Trường B"))
            for quarter in ("2026-Q1", "2026-Q2")
        }
        own = self.rows(client, survey, f"ky=2026&don-vi={first.pk}")
        assert [row["ma_don_vi"] for row in own] == ["a"] * 20

    def test_rows_of_a_unit_do_not_count_what_its_results_hide(self, survey, client):
        unit, other = make_unit("a", "Trường A"), make_unit("b", "Trường B")
        give(survey, {"TC01": "5", "TC02": "5"}, 2, unit=unit)
        give(survey, {"TC01": "5"}, 18, unit=unit)
        give(survey, {"TC01": "5", "TC02": "5"}, 30, unit=other)
        hidden = {cell["key"]: cell["hidden"] for cell in data("ky=2026&don-vi=a")["cells"]}
        assert hidden == {"TC01": False, "TC02": True}
        assert not [row for row in self.rows(client, survey) if row["ma_don_vi"] == "a"]
        assert self.rows(client, survey, f"ky=2026&don-vi={unit.pk}") == []

    def test_the_order_of_rows_says_nothing_to_who_has_no_key(self, survey, client, settings):
        for level in "12345" * 4:
            give(survey, {"TC01": level})
        before = [row["TC01"] for row in self.rows(client, survey)]
        assert before == [row["TC01"] for row in self.rows(client, survey)]
        settings.SECRET_KEY = "khóa khác, dài cho đủ năm mươi ký tự để không ai đoán được"
        found = Client()
        found.force_login(LedgerEvent.objects.filter(verb="survey.exported").first().actor)
        assert [row["TC01"] for row in self.rows(found, survey)] != before

    def test_the_month_that_runs_is_in_no_file(self, survey, client):
        give(survey, {"TC01": "5"}, 6)
        give(survey, {"TC01": "1"}, 6, day=date(2026, 11, 12))
        assert {row["TC01"] for row in self.rows(client, survey)} == {"5"}
        assert len(self.rows(client, survey)) == 6

    def test_the_summary_reads_as_a_report(self, survey, client):
        give(survey, {"TC01": "5", "TC02": "5"}, 6)
        paper = docx.Document(io.BytesIO(export(client, survey, "docx").content))
        words = " ".join(" ".join(paragraph.text for paragraph in paper.paragraphs).split())
        assert "Nhận 6 phiếu; 100,0 % trả lời hài lòng" in words
        assert "Cách tính" in words
        assert paper.tables[0].rows[1].cells[1].text == "100,0\u00a0%"
        headings = [each.text for each in paper.paragraphs if each.style.name == "Heading 2"]
        assert headings == ["Theo nhân tố", "Theo tiêu chí", "Theo quý", "Cách tính"]
        first, trend = ([cell.text for cell in table.rows[1].cells] for table in paper.tables[1:])
        assert first[1:3] == ["6", "100,0\u00a0%"]
        assert (trend[0], trend[1]) == ("Quý I năm 2026", "6")
        empty = docx.Document(io.BytesIO(export(client, survey, "docx", "ky=2025").content))
        assert "chưa có kết quả nào" in "\n".join(paragraph.text for paragraph in empty.paragraphs)

    def test_the_summary_stands_on_the_paper_of_letters(self, survey, client):
        give(survey, {"TC01": "5", "TC02": "5"}, 6)
        content = export(client, survey, "docx").content
        assert content == export(client, survey, "docx").content
        paper = docx.Document(io.BytesIO(content))
        section = paper.sections[0]
        sides = (section.page_width, section.page_height, section.left_margin, section.right_margin)
        assert [round(side.mm) for side in (*sides, section.top_margin, section.bottom_margin)] == [
            210, 297, 30, 15, 20, 20,
        ]  # fmt: skip
        assert [each.text for each in paper.paragraphs if each.style.name == "Heading 1"] == [
            "Kết quả khảo sát: Khảo sát mẫu"
        ]
        for name in ("Normal", "Heading 1", "Heading 2"):
            fonts = paper.styles[name].element.rPr.rFonts
            assert set(fonts.attrib.values()) == {"Times New Roman"}, name
        assert paper.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
        core = paper.core_properties
        assert (core.language, core.author, core.comments) == ("vi-VN", AgencySettings.load().name, "")
        assert "Khảo sát mẫu" in core.title
        for table in paper.tables:
            head, *rows = [row._tr.trPr for row in table.rows]
            assert head.find(qn("w:tblHeader")) is not None
            assert all(row.find(qn("w:tblHeader")) is None for row in rows)
            assert all(row.find(qn("w:cantSplit")) is not None for row in (head, *rows))

    def test_nobody_else_takes_them(self, survey, officer, unit):
        for role in (Role.LEADER, Role.REPORTER, Role.ADMIN):
            found = Client()
            found.force_login(officer(role, unit=unit))
            for kind in ("csv", "xlsx", "docx"):
                assert export(found, survey, kind).status_code in {302, 403}


class TestWishes:
    def wish(self, survey, times, unit=None):
        themes_seed()
        give(survey, {"TC01": "5", "loi": "Xin thêm ghế ngồi ở phòng chờ."}, times, unit=unit)

    def post(self, client, rows, themes, decision="dang"):
        keys = [f"loi-khao-sat:{pk}" for pk in rows.values_list("pk", flat=True)]
        return client.post(
            reverse("moderation:index") + ("?muc=da-dang" if decision == "xep" else ""),
            {"chosen": keys, "decision": decision, "marks": themes},
        )

    def test_let_through_and_sorted_in_one_press_and_counted_without_the_words(self, survey, client, surveyor):
        unit = make_unit("a", "Trường A")
        self.wish(survey, 6, unit)
        assert "Chỗ ngồi, phòng học, trang thiết bị" in client.get(reverse("moderation:index")).content.decode()
        assert self.post(client, OpenWords.objects.all(), ["co-so-vat-chat", "thai-do"]).status_code == 302
        wishes = data()["wishes"]
        assert wishes["n"] == 6
        assert {theme["code"]: theme["count"] for theme in wishes["themes"]} == {"co-so-vat-chat": 6, "thai-do": 6}
        assert wishes["by_unit"][0]["code"] == "a"
        words = page()[1]
        assert "Người dân mong muốn gì" in words
        assert "Xin thêm ghế" not in words
        self.post(client, OpenWords.objects.all(), ["hoc-phi"], decision="xep")
        assert [theme["code"] for theme in data()["wishes"]["themes"]] == ["hoc-phi"]
        first = OpenWords.objects.first()
        words_decide(words_id=first.pk, decision=ModerationDecision.RETURN, actor=surveyor)
        assert data()["wishes"]["n"] == 5
        words_decide(words_id=first.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
        assert data()["wishes"]["n"] == 6
        assert list(tallies_fit_responses()) == []
        OpenWords.objects.update(received_at="2020-01-01T00:00:00Z")
        assert words_forget() == 6
        assert data()["wishes"]["n"] == 6

    def test_few_wishes_are_hidden(self, survey, client):
        self.wish(survey, 3)
        give(survey, {"TC01": "5"}, 9)
        self.post(client, OpenWords.objects.all(), ["khac"])
        assert ResponseTally.objects.get(key=WISHES, choice="").count == 3
        assert data()["wishes"] == {"n": None, "themes": [], "by_unit": []}
        assert "Người dân mong muốn gì" not in page()[1]

    def test_a_theme_has_to_be_chosen(self, survey, client):
        self.wish(survey, 1)
        self.post(client, OpenWords.objects.all(), [])
        answer = self.post(client, OpenWords.objects.all(), [], decision="xep")
        assert answer.status_code == 422
        assert "Chọn ít nhất một chủ đề" in answer.content.decode()

    def test_moderators_keep_the_themes(self, client):
        client.post(
            reverse("survey_theme:add"), {"name": "Xe đưa đón", "code": "xe-dua-don", "order": 50, "active": "on"}
        )
        theme = WordsTheme.objects.get(code="xe-dua-don")
        url = reverse("survey_theme:edit", args=[theme.pk])
        client.post(url, {"name": "Xe đưa đón học sinh", "code": "ma-khac", "order": 50, "active": "on"})
        theme.refresh_from_db()
        assert (theme.name, theme.code) == ("Xe đưa đón học sinh", "xe-dua-don")


def test_the_first_page_quotes_what_was_published_last(client):
    made = factories.survey([score("TC01")], slug="thu", kind="sipas", results_public=True)
    give(made, {"TC01": "5"}, 8)
    assert satisfaction() is None
    client.post(reverse("survey:publish", args=[made.pk]) + "?ky=2026-Q1")
    assert satisfaction().value == "100,0"
    made.snapshots.update(withdrawn_at="2026-11-30T00:00:00Z")
    assert satisfaction() is None


def test_a_kind_of_question_without_choices_is_in_the_dictionary_too(client):
    number = {"key": "tuoi", "label": "Bao nhiêu tuổi?", "kind": QuestionKind.NUMBER}
    made = factories.survey([score("TC01"), number], slug="thu")
    give(made, {"TC01": "5", "tuoi": "30"}, 6)
    book = openpyxl.load_workbook(io.BytesIO(export(client, made, "xlsx").content))
    assert [cell.value for cell in book["Phiếu (mã)"][2]][-1] == 30
