"""``import_units``: a list of units goes in once, whole or not at all, and again without changing anything."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

import openpyxl
import pytest

from cms.core.enums import ImportState, Role, UnitKind
from cms.core.importing import Fate, UnreadableFileError, runs
from cms.core.models import ImportRun, LedgerEvent, Unit
from cms.core.services.units import unit_save
from cms.units.forms import kind_named
from cms.units.importers import read_units
from cms.units.models import UnitIndexPage, UnitPage

HEAD = "Mã,Tên,Loại,Mã cấp trên,Địa chỉ,Điện thoại,Thư điện tử,Trang web\n"
LIST = HEAD + (
    "TH-MOT,Trường Tiểu học Một,Tiểu học,P-BAC,Số 1 đường Bắc,0900 000 001,mot@truong.example.vn,mot.example.vn\n"
    "P-BAC,Ủy ban nhân dân phường Bắc,Phường,CQ,,,,\n"
    "THCS-HAI,Trường THCS Hai,TRUONG THCS,,,,,https://hai.example.vn/gioi-thieu\n"
)


def reading(text, name="don-vi.csv"):
    return read_units(text.encode(), name)


def xlsx(text):
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Trường tiểu học", UnitKind.PRIMARY),
        ("TIEU HOC", UnitKind.PRIMARY),
        ("TH", UnitKind.PRIMARY),
        ("thcs", UnitKind.LOWER_SECONDARY),
        ("Trường THPT", UnitKind.UPPER_SECONDARY),
        ("mầm non", UnitKind.KINDERGARTEN),
        ("TH & THCS", UnitKind.MULTI_LEVEL),
        ("GDNN - GDTX", UnitKind.CONTINUING),
        ("Phòng", UnitKind.ROOM),
        ("xã", UnitKind.COMMUNE),
        ("primary", UnitKind.PRIMARY),
        ("Lâu đài", None),
        ("", None),
    ],
)
def test_kinds_as_offices_write_them(text, kind):
    assert kind_named(text) == kind


@pytest.mark.usefixtures("site_tree")
class TestReading:
    def test_upper_units_come_first_whatever_the_order_of_the_file(self):
        found = reading(LIST)
        assert found.refusals == []
        assert [item.data.code for item in found.items] == ["P-BAC", "THCS-HAI", "TH-MOT"]
        assert {item.fate for item in found.items} == {Fate.NEW}

    def test_a_new_unit_without_a_word_lies_below_the_agency_and_a_remark_says_so(self):
        found = reading(LIST)
        assert next(item.data.parent_code for item in found.items if item.data.code == "THCS-HAI") == "CQ"
        assert [remark.line for remark in found.remarks] == [4]

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            (",Trường,TH,,,,,", "Mã"),
            ("có dấu,Trường,TH,,,,,", "không dấu"),
            ("A,,TH,,,,,", "Tên"),
            ("A,Trường,Lâu đài,,,,,", "Lâu đài"),
            ("A,Trường,TH,A,,,,", "dưới chính mình"),
            ("A,Trường,TH,KHONG-CO,,,,", "KHONG-CO"),
            ("A,Trường,TH,,,,khong-phai,", "Thư điện tử"),
            ("A,Trường,TH,,,,,không phải trang", "Trang web"),
            ("A,Trường,TH,,,,,javascript:alert(1)", "Trang web"),
            ("A,=1+1,TH,,,,,", "công thức"),
            ("A," + "x" * 201 + ",TH,,,,,", "200"),
        ],
    )
    def test_a_row_that_cannot_be_right_is_refused_with_its_line_and_reason(self, row, words):
        found = reading(f"{HEAD}{row}\nB,Trường B,TH,,,,,\n")
        assert [(refusal.line, words in refusal.reason) for refusal in found.refusals] == [(2, True)]
        assert [item.data.code for item in found.items] == ["B"]

    def test_what_lies_below_a_refused_row_is_refused_too(self):
        found = reading(HEAD + "A,Trường A,Lâu đài,,,,,\nB,Trường B,TH,A,,,,\nC,Trường C,TH,B,,,,\n")
        assert [refusal.line for refusal in found.refusals] == [2, 3, 4]

    def test_units_do_not_lie_below_one_another(self):
        found = reading(HEAD + "A,Trường A,TH,B,,,,\nB,Trường B,TH,A,,,,\nC,Trường C,TH,,,,,\n")
        assert [refusal.line for refusal in found.refusals] == [2, 3]

    def test_a_ring_with_what_is_known_is_seen(self):
        unit_save(code="A", name="Trường A", kind="primary", parent=Unit.objects.get(code="CQ"))
        unit_save(code="B", name="Trường B", kind="primary", parent=Unit.objects.get(code="A"))
        assert [refusal.line for refusal in reading(HEAD + "A,Trường A,TH,B,,,,\n").refusals] == [2]

    def test_the_same_code_twice_is_taken_once(self):
        found = reading(HEAD + "A,Trường A,TH,CQ,,,,\nA,Trường khác,TH,CQ,,,,\n")
        assert [item.label for item in found.items] == ["A"]
        assert "dòng 2" in found.remarks[0].text

    def test_without_its_columns_the_file_is_refused_in_words(self):
        with pytest.raises(UnreadableFileError, match="Loại"):
            reading("Mã,Tên\nA,B\n")

    def test_queries_do_not_grow_with_rows(self, django_assert_num_queries):
        text = HEAD + "".join(f"A{n},Trường {n},TH,CQ,,,,\n" for n in range(300))
        with django_assert_num_queries(3):
            assert len(reading(text).items) == 300


@pytest.mark.usefixtures("site_tree")
class TestCommand:
    def run(self, tmp_path, content=LIST, *options, name="don-vi.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = io.StringIO()
        call_command("import_units", str(path), *options, stdout=out, stderr=out)
        return out.getvalue()

    @pytest.mark.parametrize("name", ["don-vi.csv", "don-vi.xlsx"])
    def test_units_and_their_pages_come_in(self, tmp_path, client, name):
        self.run(tmp_path, LIST if name.endswith("csv") else xlsx(LIST), name=name)
        unit = Unit.objects.get(code="TH-MOT")
        assert (unit.name, unit.kind, unit.parent.code, unit.website) == (
            "Trường Tiểu học Một",
            "primary",
            "P-BAC",
            "https://mot.example.vn",
        )
        assert client.get(f"/don-vi/{unit.slug}/").status_code == 200

    def test_again_it_changes_nothing(self, tmp_path):
        self.run(tmp_path)
        before = self.rows()
        assert "Mới 0, có thay đổi 0, giữ nguyên 3" in self.run(tmp_path)
        assert self.rows() == before

    def rows(self):
        return [list(model.objects.order_by("pk").values()) for model in (Unit, UnitPage, LedgerEvent)]

    def test_a_change_is_written_and_an_empty_cell_takes_nothing_away(self, tmp_path):
        self.run(tmp_path)
        self.run(tmp_path, HEAD + "TH-MOT,Trường Tiểu học Số Một,Tiểu học,,,,,\n")
        unit = Unit.objects.get(code="TH-MOT")
        assert (unit.name, unit.address, unit.parent.code) == ("Trường Tiểu học Số Một", "Số 1 đường Bắc", "P-BAC")
        assert UnitPage.objects.get(unit=unit).title == "Trường Tiểu học Số Một"

    def test_dry_run_writes_nothing(self, tmp_path):
        assert "Mới 3" in self.run(tmp_path, LIST, "--dry-run")
        assert Unit.objects.count() == 1

    def test_one_bad_row_stops_all_unless_bad_rows_are_skipped(self, tmp_path):
        bad = LIST + "A,Trường,Lâu đài,,,,,\n"
        with pytest.raises(CommandError, match="1 dòng bị từ chối"):
            self.run(tmp_path, bad)
        assert Unit.objects.count() == 1
        self.run(tmp_path, bad, "--skip-bad")
        assert Unit.objects.count() == 4

    def test_drafts_wait_for_their_publisher(self, tmp_path, client):
        self.run(tmp_path, LIST, "--draft")
        unit = Unit.objects.get(code="TH-MOT")
        assert client.get(f"/don-vi/{unit.slug}/").status_code == 404
        assert unit.name in client.get("/don-vi/").content.decode()

    def test_without_the_directory_it_says_what_to_do(self, tmp_path):
        UnitIndexPage.objects.get().delete()
        with pytest.raises(CommandError, match="setup_site"):
            self.run(tmp_path)
        assert Unit.objects.count() == 1


class TestUpload:
    """The same through the admin, by those who keep the catalogue and nobody else."""

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.LEADER])
    def test_who_may_not(self, client, officer, role):
        client.force_login(officer(role))
        assert client.get("/quan-tri/nhap-don-vi/").status_code in {302, 403}
        file = SimpleUploadedFile("a.csv", LIST.encode())
        client.post("/quan-tri/nhap-don-vi/", {"file": file})
        assert Unit.objects.count() == 1

    def test_seen_first_then_written(self, client, officer):
        client.force_login(officer(Role.ADMIN))
        file = SimpleUploadedFile("don-vi.csv", LIST.encode())
        answer = client.post("/quan-tri/nhap-don-vi/", {"file": file, "publish": "on"}, follow=True)
        assert "Trường Tiểu học Một" in answer.content.decode()
        assert Unit.objects.count() == 1
        client.post(f"{answer.redirect_chain[-1][0]}xac-nhan/")
        run = ImportRun.objects.get()
        runs.write_in_background.call(str(run.pk))
        run.refresh_from_db()
        assert (run.state, run.done) == (ImportState.DONE, 3)
        assert Unit.objects.count() == 4
        assert UnitPage.objects.live().count() == 4
