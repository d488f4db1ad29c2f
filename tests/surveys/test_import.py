"""Responses from files: every row judged with its line and reason, the same file twice the same responses."""

import io
import json
from datetime import date
from importlib import import_module

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

import openpyxl
import pytest
import time_machine
from bs4 import BeautifulSoup

from cms.core.enums import Role
from surveys import factories
from surveys.enums import ChannelKind, QuestionKind
from surveys.importers.cells import channel_of, quarter_of, whole_number
from surveys.models import OpenWords, Response, ResponseItem, Stratum, Survey
from surveys.services.months import months_fit_tallies
from surveys.services.tallies import tallies_fit_responses
from tests.feedback.conftest import make_unit

pytestmark = pytest.mark.django_db
ONE = {"key": "vi-sao", "label": "Vì sao bạn đến?", "kind": QuestionKind.ONE_OF, "choices": "Nộp hồ sơ\nHỏi việc"}
SOME = {"key": "cach", "label": "Bạn biết qua đâu?", "kind": QuestionKind.SOME_OF, "choices": "Loa\nBáo\nMạng"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def survey():
    score = {"key": "TC01", "label": "Đủ chỗ ngồi", "kind": QuestionKind.SCORE}
    other = {"key": "TC02", "label": "Thái độ", "kind": QuestionKind.SCORE}
    return factories.survey([score, other, ONE, SOME, factories.WORDS], slug="phieu", results_public=True)


def run(tmp_path, content, *options, name="phieu.csv", slug="phieu"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    out, err = io.StringIO(), io.StringIO()
    problem = ""
    try:
        call_command("import_responses", str(path), "--survey", slug, *options, stdout=out, stderr=err)
    except CommandError as error:
        problem = str(error)
    return out.getvalue(), err.getvalue(), problem


def book(*sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


HEADING = "Mã phiếu,Ngày,Mã đơn vị,Đơn vị,Kênh,TC01,TC02,vi-sao,cach,loi\n"


class TestReading:
    def test_cells_are_read_as_people_write_them(self, survey, tmp_path):
        make_unit("TH-A", "Trường Tiểu học A")
        rows = (
            'P1,10/03/2026,TH-A,,Trực tuyến,4,5,nop-ho-so,"Loa; Mạng",Ghế hơi ít\n'
            "P2,2026-03-11,,trường tiểu học a,Phiếu giấy,Hài lòng,5 - Rất hài lòng,Hỏi việc,,\n"
            "P3,12/03/2026,,,Bưu chính,3,,,,\n"
        )
        told, refused, problem = run(tmp_path, HEADING + rows)
        assert (refused, problem) == ("", "")
        assert "Mới 3" in told
        found = {each.sheet: each for each in Response.objects.select_related("channel", "unit")}
        assert [found[key].day for key in ("P1", "P2", "P3")] == [date(2026, 3, day) for day in (10, 11, 12)]
        assert found["P1"].unit == found["P2"].unit
        assert [(found[key].channel.kind, found[key].stratum) for key in ("P1", "P2", "P3")] == [
            ("web", "web"),
            ("paper", "paper"),
            ("paper", "buu-chinh"),
        ]
        items = set(ResponseItem.objects.filter(response=found["P2"]).values_list("key", "choice"))
        assert items == {("TC01", "4"), ("TC02", "5"), ("vi-sao", "hoi-viec")}
        chosen = ResponseItem.objects.filter(response=found["P1"], key="cach").values_list("choice", flat=True)
        assert set(chosen) == {"loa", "mang"}
        assert OpenWords.objects.get().text == "Ghế hơi ít"
        survey.current.refresh_from_db()
        assert survey.current.frozen_on
        assert [*tallies_fit_responses(), *months_fit_tallies()] == []

    def test_the_same_file_twice_is_the_same_responses(self, survey, tmp_path):
        rows = HEADING + "P1,10/03/2026,,,web,4,5,,,\nP2,10/03/2026,,,web,2,1,,,\n"
        run(tmp_path, rows)
        told, _refused, problem = run(tmp_path, rows.replace("web,2,1", "web,5,5") + "P3,10/03/2026,,,web,3,3,,,\n")
        assert problem == ""
        assert "Mới 1" in told
        assert "giữ nguyên 2" in told
        assert "Mã phiếu đã có với nội dung khác" in told
        assert Response.objects.count() == 3
        assert ResponseItem.objects.filter(response__sheet="P2", choice="5").count() == 0

    def test_a_paper_is_one_whether_its_number_is_written_large_or_small(self, survey, tmp_path, officer):
        channel = factories.place(survey, "hop-thu", ChannelKind.PAPER)
        head = {"sheet": "th-01", "day": "10/03/2026", "channel": channel.pk, "p-TC01": "4"}
        desk = Client()
        desk.force_login(officer(Role.SURVEYOR))
        assert desk.post(reverse("survey:key", args=[survey.pk]), head).status_code == 302
        told, _refused, _problem = run(tmp_path, HEADING + "th-01,10/03/2026,,,giấy,4,,,,\n")
        assert "Mới 0" in told
        told, refused, problem = run(
            tmp_path, HEADING + "th-02,10/03/2026,,,giấy,4,,,,\nTH-02,10/03/2026,,,giấy,4,,,,\n"
        )
        assert problem
        assert "Trùng mã phiếu với dòng 2." in told + refused
        run(tmp_path, HEADING + "th-02,10/03/2026,,,giấy,4,,,,\n")
        assert set(Response.objects.values_list("sheet", flat=True)) == {"TH-01", "TH-02"}
        again = desk.post(reverse("survey:key", args=[survey.pk]), head | {"sheet": "Th-02"})
        assert (again.status_code, Response.objects.count()) == (422, 2)

    def test_responses_that_cannot_be_read_are_not_lost_behind_the_sizes_of_groups(self, survey, tmp_path):
        sizes = ("Tổng thể", [["Kênh", "Quý", "Số giao dịch"], ["Giấy", "2026-Q1", 800]])
        twice = [["Mã phiếu", "Ngày", "TC01", "TC01"], ["P1", date(2026, 2, 1), 4, 4]]
        *_told, problem = run(tmp_path, book(("Phiếu", twice), sizes), name="phieu.xlsx")
        assert "hai cột “TC01”" in problem
        assert not Stratum.objects.exists()
        told, refused, problem = run(tmp_path, book(sizes), name="phieu.xlsx")
        assert "không có phiếu nào được đọc" in told + refused + problem
        assert Stratum.objects.get().population == 800

    def test_a_question_may_have_the_name_of_a_fixed_column(self, tmp_path):
        day = {"key": "ngay", "label": "Bạn nộp hồ sơ ngày nào?", "kind": QuestionKind.DATE}
        factories.survey([factories.SCORE, day], slug="ngay-nao")
        rows = [["Mã phiếu", "Ngày", "muc", "ngay"], ["P1", date(2026, 3, 10), 4, "05/03/2026"]]
        *_told, problem = run(tmp_path, book(("Phiếu", rows)), name="phieu.xlsx", slug="ngay-nao")
        assert problem == ""
        response = Response.objects.get()
        assert response.day == date(2026, 3, 10)
        assert response.items.get(key="ngay").choice == "2026-03-05"

    def test_numbers_that_are_stored_become_capitals_unless_two_would_be_one(self, survey):
        made = [factories.answered(survey, {"TC01": "4"}) for _turn in range(3)]
        for response, number in zip(made, ("p-1", "P-2", "p-2"), strict=True):
            response.sheet = number
            response.save()
        import_module("surveys.migrations.0007_sheet_numbers").capitals(apps, None)
        assert sorted(Response.objects.values_list("sheet", flat=True)) == ["P-1", "P-2", "p-2"]

    def test_every_faulty_row_is_told_with_its_line_and_reason(self, survey, tmp_path):
        rows = (
            "P1,10/03/2026,,,web,4,5,,,\n"
            ",10/03/2026,,,web,4,5,,,\n"
            "P1,10/03/2026,,,web,4,5,,,\n"
            "P4,31/02/2026,,,web,4,5,,,\n"
            "P5,10/03/2027,,,web,4,5,,,\n"
            "P6,10/03/2026,KHONG,,web,4,5,,,\n"
            "P7,10/03/2026,,Trường Lạ,web,4,5,,,\n"
            "P8,10/03/2026,,,web,9,5,,,\n"
            "P9,10/03/2026,,,web,,,,,\n"
            "P10,10/03/2026,,,web,4,5,đi chơi,,\n"
        )
        reasons = (
            "Thiếu mã phiếu", "Trùng mã phiếu với dòng 2", "Không có ngày", "Ngày phải từ năm 2000 đến hôm nay",
            "Không có đơn vị mã “KHONG”", "Không có đơn vị tên “Trường Lạ”", "TC01: Chọn một trong",
            "Phiếu không trả lời câu nào", "vi-sao: Chọn một trong",
        )  # fmt: skip
        _told, refused, problem = run(tmp_path, HEADING + rows)
        lines = refused.strip().splitlines()
        assert [line.split(":")[0] for line in lines] == [f"Dòng {number}" for number in range(3, 12)]
        for number, (line, reason) in enumerate(zip(lines, reasons, strict=True)):
            assert reason in line or number == 2, (line, reason)
        assert "9 dòng bị từ chối, chưa ghi gì" in problem
        assert not Response.objects.exists()
        run(tmp_path, HEADING + rows, "--skip-bad", "--dry-run")
        assert not Response.objects.exists()
        _told, _refused, problem = run(tmp_path, HEADING + rows, "--skip-bad")
        assert problem == ""
        assert Response.objects.get().sheet == "P1"

    @pytest.mark.parametrize(
        ("content", "words"),
        [("", "Tệp trống"), ("Ngày,TC01\n1,2\n", "Không thấy cột “Mã phiếu”"), (HEADING, "chỉ có dòng tiêu đề")],
    )
    def test_a_file_that_is_none_is_told(self, survey, tmp_path, content, words):
        assert words in run(tmp_path, content)[2]
        assert "Không có khảo sát" in run(tmp_path, content, slug="khong-co")[2]

    def test_groups_stand_on_the_second_sheet_and_weigh(self, survey, tmp_path):
        rows = [["Mã phiếu", "Ngày", "Kênh", "TC01"]]
        for kind, levels in (("Trực tuyến", [4] * 36 + [2] * 4), ("Giấy", [4] * 45 + [2] * 15)):
            rows += [[f"{kind}-{place}", date(2026, 2, 1), kind, level] for place, level in enumerate(levels)]
        groups = [["Kênh", "Quý", "Số giao dịch"], ["Trực tuyến", "2026-Q1", 800], ["giấy", "Quý I/2026", "200"]]
        content = book(("Phiếu", rows), ("Tổng thể", groups))
        _told, refused, problem = run(tmp_path, content, name="phieu.xlsx")
        assert (refused, problem) == ("", "")
        assert Response.objects.count() == 100
        assert set(Stratum.objects.values_list("code", "quarter", "population")) == {
            ("web", date(2026, 1, 1), 800),
            ("paper", date(2026, 1, 1), 200),
        }
        found = json.loads(Client().get("/khao-sat/phieu/ket-qua/du-lieu.json?ky=2026-Q1").content)
        assert (found["cells"][0]["top2"], found["cells"][0]["top2_weighted"]) == (0.81, 0.87)
        groups[1][2] = 900
        run(tmp_path, book(("Phiếu", rows), ("Tổng thể", groups)), name="phieu.xlsx")
        assert Stratum.objects.get(code="web").population == 900

    def test_a_faulty_group_is_told(self, survey, tmp_path):
        rows = [["Mã phiếu", "Ngày", "TC01"], ["P1", date(2026, 2, 1), 4]]
        groups = [
            ["Kênh", "Quý", "Số giao dịch"],
            ["web", "quý 9", 800],
            ["web", "2026-Q1", "nhiều"],
            ["", "2026-Q1", 5],
        ]
        _told, refused, _problem = run(tmp_path, book(("A", rows), ("B", groups)), name="phieu.xlsx")
        assert "Quý không đọc được" in refused
        assert "Số giao dịch phải là số nguyên" in refused
        assert "Thiếu kênh" in refused

    def test_a_file_opens_the_survey_to_nobody(self, survey, client, tmp_path):
        run(tmp_path, HEADING + "P1,10/03/2026,,,web,4,5,,,\n")
        assert Response.objects.get().channel.kind == "web"
        assert client.get("/khao-sat/phieu/tra-loi/").status_code == 404
        assert not Survey.objects.open_link().exists()

    def test_a_draft_that_is_answered_by_a_file_is_in_use(self, tmp_path):
        made = factories.survey(slug="nhap", state="draft")
        Survey.objects.filter(pk=made.pk).update(current=None)
        run(tmp_path, "Mã phiếu;Ngày;muc\nA;01/02/2026;5\n", slug="nhap")
        made.refresh_from_db()
        assert made.current.frozen_on
        assert Response.objects.get().stratum == "paper"


class TestSheetsPassedOver:
    @pytest.mark.parametrize(
        ("title", "rows", "absent"),
        [
            ("Tổng thể", [["Nơi", "Lúc", "Bao nhiêu"], ["web", "đầu năm", 800]], "“Kênh”, “Quý”, “Số giao dịch”"),
            ("Trang2", [["Kênh", "Quý", "Số lượng"], ["web", "2026-Q1", 800]], "“Số giao dịch”"),
            ("Trang2", [["Số liệu quý một"], ["Kênh", "Kỳ", "Giao dịch"], ["giấy", "Quý I/2026", "1.200"]], "“Quý”"),
            ("Trang2", [["a", "b", "c"], ["web", "2026-Q1", 800]], "“Kênh”, “Quý”, “Số giao dịch”"),
        ],
    )
    def test_sizes_under_other_headings_are_told_with_their_sheet(self, survey, tmp_path, title, rows, absent):
        papers = [["Mã phiếu", "Ngày", "TC01"], ["P1", date(2026, 2, 1), 4]]
        *_told, problem = run(tmp_path, book(("Phiếu", papers), (title, rows)), name="phieu.xlsx")
        assert f"Trang tính “{title}” giống bảng số giao dịch mà không đọc được" in problem
        assert absent in problem
        assert not Response.objects.exists()
        assert not Stratum.objects.exists()

    def test_so_are_two_columns_of_one_name(self, survey, tmp_path):
        papers = [["Mã phiếu", "Ngày", "TC01"], ["P1", date(2026, 2, 1), 4]]
        twice = [["Kênh", "Quý", "Số giao dịch", "Số người"], ["web", "2026-Q1", 800, 900]]
        *_told, problem = run(tmp_path, book(("Phiếu", papers), ("Tổng thể", twice)), name="phieu.xlsx")
        assert "“Tổng thể”" in problem
        assert "hai cột “Số giao dịch”" in problem
        assert not Response.objects.exists()

    def test_the_screen_tells_it_beside_the_file(self, survey, tmp_path, officer):
        papers = [["Mã phiếu", "Ngày", "TC01"], ["P1", date(2026, 2, 1), 4]]
        sizes = [["Kênh", "Quý", "Số lượng"], ["web", "2026-Q1", 800]]
        content = book(("Phiếu", papers), ("Tổng thể", sizes))
        desk = Client()
        desk.force_login(officer(Role.SURVEYOR))
        file = SimpleUploadedFile("phieu.xlsx", content)
        answer = desk.post(reverse("responses_import"), {"file": file, "target": survey.slug}, follow=True)
        text = BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ", strip=True)
        assert "Trang tính “Tổng thể” giống bảng số giao dịch mà không đọc được" in text
        assert not Response.objects.exists()

    def test_another_sheet_is_named_and_hinders_nothing(self, survey, tmp_path):
        papers = [["Mã phiếu", "Ngày", "TC01"], ["P1", date(2026, 2, 1), 4]]
        notes = [["Phiếu thu ở cổng trường"], ["Người nhập: văn thư"]]
        content = book(("Phiếu", papers), ("Ghi chú", notes), ("Trống", []))
        told, refused, problem = run(tmp_path, content, name="phieu.xlsx")
        assert (refused, problem) == ("", "")
        assert "Trang tính “Ghi chú” không phải bảng phiếu" in told
        assert "“Trống”" not in told
        assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Trực tuyến", "web"), ("Mã QR", "qr"), ("PAPER", "paper"), ("điện thoại", "phone"), ("Kiosk", "kiosk")],
)
def test_channels_have_many_names(text, kind):
    assert channel_of(text)[0] == ChannelKind(kind)


@pytest.mark.parametrize("text", ["2026-Q2", "2026 Q2", "Q2/2026", "Quý II/2026", "quý 2 năm 2026", "2/2026"])
def test_quarters_have_many_names(text):
    assert quarter_of(text) == date(2026, 4, 1)


@pytest.mark.parametrize(("text", "number"), [("1200", 1200), ("1.200", 1200), ("1 200", 1200)])
def test_counts_have_thousands_apart(text, number):
    assert whole_number(text) == number


class TestBlank:
    def test_it_has_every_column_and_is_read_again_without_a_remark(self, survey, officer, tmp_path):
        client = Client()
        client.force_login(officer(Role.SURVEYOR))
        screen = client.get(reverse("survey:open", args=[survey.pk])).content.decode()
        address = reverse("survey:blank", args=[survey.pk])
        assert f'href="{address}"' in screen
        blank = openpyxl.load_workbook(io.BytesIO(client.get(address).content))
        sheet = blank["Phiếu"]
        headings = {cell.value: cell for cell in sheet[1]}
        assert list(headings) == [
            "Mã phiếu",
            "Ngày",
            "Mã đơn vị",
            "Đơn vị",
            "Kênh",
            "TC01",
            "TC02",
            "vi-sao",
            "cach",
            "loi",
        ]
        assert "5 = Rất hài lòng" in headings["TC01"].comment.text
        assert "Nộp hồ sơ\nHỏi việc" in headings["vi-sao"].comment.text
        assert "dấu chấm phẩy" in headings["cach"].comment.text
        sheet.append(["P1", "10/03/2026", "", "", "", 4, 5, "Hỏi việc", "Loa; Mạng", "Ghế hơi ít"])
        blank["Số giao dịch"].append(["Trực tuyến", "Quý I/2026", 900, "Báo cáo"])
        out = io.BytesIO()
        blank.save(out)
        said, wrong, problem = run(tmp_path, out.getvalue(), name="phieu.xlsx")
        assert (wrong, problem) == ("", "")
        assert "không được đọc" not in said
        assert Response.objects.get().sheet == "P1"
        assert Stratum.objects.get().population == 900

    def test_a_survey_without_questions_has_none(self, officer):
        client = Client()
        client.force_login(officer(Role.SURVEYOR))
        made = factories.survey()
        Survey.objects.filter(pk=made.pk).update(current=None)
        made.versions.all().delete()
        assert client.get(reverse("survey:blank", args=[made.pk])).status_code == 404
