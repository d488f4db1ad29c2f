"""Lists of procedures: what they become, what they are refused for, what is never overwritten, the real 68 rows."""

import io

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

import openpyxl
import pytest

from cms.core.enums import Role
from cms.core.importing import Fate
from cms.core.search import search
from procedures.factories import many_procedures, procedure, way
from procedures.importers import hand_in, read_procedures
from procedures.importers.words import CellError, read_citations, read_fee, read_levels, read_time, read_trust
from procedures.models import ProcedureIndexPage, ProcedurePage
from procedures.services import CitationDraft, Fee, TimeLimit
from tests.files.make_samples import BAD_PROCEDURES, GOOD_PROCEDURES, PROCEDURE_HEADINGS, csv_text, samples
from tests.files.real import real_file
from tests.officers import make_officer
from tests.procedures.portal import confirm_all
from tests.site import build_site


def table(rows):
    return csv_text(rows, headings=PROCEDURE_HEADINGS).encode()


def read(rows):
    return read_procedures(table(rows), "a.csv")


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("", TimeLimit()),
        ("10", TimeLimit(10, "working_day")),
        ("10 ngày làm việc", TimeLimit(10, "working_day")),
        ("10 ngày", TimeLimit(10, "day")),
        ("24 giờ", TimeLimit(24, "hour")),
        ("2 tháng", TimeLimit(2, "month")),
        ("Trả ngay trong buổi", TimeLimit(None, "session")),
        ("Không quy định", TimeLimit(None, "none")),
        *(
            (words, TimeLimit(text=words))
            for words in (
                "Trong buổi; nếu phải xác minh: 5 ngày làm việc",
                "Trả ngày thứ 5 kể từ ngày nhận",
                "Không quy định; hẹn 24 giờ",
            )
        ),
    ],
)
def test_times(cell, time):
    assert read_time(cell) == time


@pytest.mark.parametrize(
    ("cell", "fee"),
    [
        ("", Fee()),
        ("0 đồng", Fee("free")),
        ("Miễn phí", Fee("free")),
        ("20.000 đồng", Fee("amount", 20000)),
        ("5000", Fee("amount", 5000)),
        ("20000.0", Fee("amount", 20000)),
        ("20 000 đồng", Fee("amount", 20000)),
        ("0.0", Fee("free")),
        *(
            (words, Fee("text", None, words))
            for words in ("Không thu phí; lệ phí cấp bằng 50.000 đồng", "Miễn phí cho hộ nghèo", "5.000 đồng/bản")
        ),
        ("Theo quy định của HĐND", Fee("text", None, "Theo quy định của HĐND")),
    ],
)
def test_fees(cell, fee):
    assert read_fee(cell) == fee


def test_levels_papers_and_trust():
    assert read_levels("Cấp xã; Cấp huyện (trước 01/07/2025)") == ("cap-xa", "cap-huyen")
    announced, basis = read_citations("QĐ công bố 1425/QĐ-MAU ngày 28/05/2026; 6/2026/NĐ-MAU (một; hai)")
    assert (announced.number, announced.announces, announced.issued_on.day) == ("1425/QĐ-MAU", True, 28)
    assert basis == CitationDraft("6/2026/NĐ-MAU", None, "một; hai", False)
    assert [read_trust(cell)[0] for cell in ("", "A – x", "d")] == ["D", "A", "D"]
    for cell in ("20000.5", "2.00", "20,000", "1000000001", "-5000", "- 20.000 đồng"):
        with pytest.raises(CellError):
            read_fee(cell)
    for reader, cell in ((read_time, "100000"), (read_time, "ba hôm"), (read_trust, "Ấ"), (read_trust, "Anh")):
        with pytest.raises(CellError):
            reader(cell)


class ReadingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_every_kind_of_fault_is_told_with_its_line_and_nothing_is_stored(self):
        reading = read_procedures(samples()["thu_tuc_hong.csv"], "a.csv")
        assert len(reading.items) == 1
        told = [(refusal.line, refusal.reason.partition(":")[0]) for refusal in reading.refusals]
        assert [line for line, _words in told] == list(range(3, 16))
        assert [words for _line, words in told[:9]] == [
            *("Mã thủ tục", "Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Cấp thực hiện"),
            *("Thời hạn", "Thời hạn", "Phí, lệ phí", "Độ tin cậy"),
        ]
        assert told[11][1] == "Căn cứ pháp lý"
        assert "giống công thức" in reading.refusals[9].reason
        assert "nhiều hơn dòng tiêu đề" in reading.refusals[12].reason
        assert "đã có ở dòng 2" in reading.refusals[10].reason
        assert not ProcedurePage.objects.exists()

    def test_a_workbook_is_refused_for_the_same_reasons_on_the_same_lines(self):
        rows = [GOOD_PROCEDURES[0], *BAD_PROCEDURES]
        book = openpyxl.Workbook()
        for row in (PROCEDURE_HEADINGS, *rows):
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        told = [(refusal.line, refusal.reason) for refusal in read_procedures(out.getvalue(), "a.xlsx").refusals]
        wanted = [(refusal.line, refusal.reason) for refusal in read(rows).refusals]
        assert [line for line, _reason in told] == list(range(3, 16))
        # A workbook says by itself that a cell is a formula; a text file can only look like one.
        same = [place for place, (line, _reason) in enumerate(told) if line != 12]
        assert [told[place] for place in same] == [wanted[place] for place in same]
        assert "là công thức" in told[9][1]
        assert not ProcedurePage.objects.exists()

    def test_reading_costs_the_same_for_few_and_many(self):
        index = ProcedureIndexPage.objects.get()
        many_procedures(index, 1000)
        costs = []
        for count in (10, 1000):
            rows = [(f"9.{place:06d}", "Tên", *GOOD_PROCEDURES[0][2:]) for place in range(1, count + 1)]
            with CaptureQueriesContext(connection) as queries:
                assert read(rows).counts["changed"] == count
            costs.append(len(queries))
        assert costs[0] == costs[1]


def run(path, *options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_procedures", str(path), *options, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture(autouse=True)
    def tree(self, site_tree, tmp_path):
        self.folder = tmp_path

    def file(self, content, name="a.csv"):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def test_sure_rows_are_published_others_wait_and_again_changes_nothing(self):
        path = self.file(samples()["thu_tuc_tot.csv"])
        assert "Mới 3" in run(path, "--dry-run")
        assert not ProcedurePage.objects.exists()
        assert "Đã ghi 3." in run(path)
        move, copy = ProcedurePage.objects.readable().order_by("code")
        assert (move.level_labels, [(way.time, way.fee) for way in move.ways.all()]) == (
            ["Cấp tỉnh", "Cấp xã"],
            [("3 ngày làm việc", "Không thu")],
        )
        assert [(way.time, way.fee) for way in copy.ways.all()] == [("trả ngay trong buổi", "5.000 đồng")]
        assert [line.text for line in move.decision_lines] == ["5/QĐ-MAU ngày 14/05/2026"]
        assert [line.text for line in move.basis_lines] == ["6/2026/NĐ-MAU"]
        lunch = ProcedurePage.objects.get(code="9.100003")
        assert (lunch.live, lunch.needs_confirmation, lunch.grade) == (False, True, "C")
        revisions = [page.revisions.count() for page in ProcedurePage.objects.all()]
        assert "giữ nguyên 3" in run(path)
        assert [page.revisions.count() for page in ProcedurePage.objects.all()] == revisions == [1, 1, 1]

    def test_one_fault_stops_all(self):
        with pytest.raises(CommandError, match="13 dòng bị từ chối"):
            run(self.file(samples()["thu_tuc_hong.csv"]))
        assert not ProcedurePage.objects.exists()

    def test_what_the_file_changed_is_shown_and_taken_and_what_an_editor_wrote_stays(self):
        run(self.file(samples()["thu_tuc_tot.csv"]))
        page = ProcedurePage.objects.get(code="9.100001")
        page.authority, page.keywords = "Trường nơi đến", "đổi trường"
        page.save_revision().publish()
        new = [(*GOOD_PROCEDURES[0][:4], "2", *GOOD_PROCEDURES[0][5:]), *GOOD_PROCEDURES[1:]]
        changed, *rest = read(new).items
        assert changed.fate is Fate.CHANGED
        assert changed.parts == ("Thời hạn: 3 ngày làm việc → 2 ngày làm việc",)
        assert {item.fate for item in rest} == {Fate.UNCHANGED}
        run(self.file(table(new)))
        page = ProcedurePage.objects.get(code="9.100001")
        assert [way.time for way in page.ways.all()] == ["2 ngày làm việc"]
        assert (page.authority, page.keywords) == ("Trường nơi đến", "đổi trường")
        assert page.revisions.count() == 3, "a new version, the old ones stay"

    def test_a_row_that_became_sure_is_published_and_one_that_lost_it_waits(self):
        run(self.file(samples()["thu_tuc_tot.csv"]))
        sure = [(*row[:9], "D" if place == 0 else "A") for place, row in enumerate(GOOD_PROCEDURES)]
        run(self.file(table(sure)))
        assert set(ProcedurePage.objects.readable().values_list("code", flat=True)) == {
            *("9.100001", "9.100002", "9.100003")
        }
        draft = ProcedurePage.objects.get(code="9.100001").get_latest_revision_as_object()
        assert draft.needs_confirmation

    def test_nothing_goes_out_that_an_editor_holds_back(self):
        """Taken down, begun on, locked, waiting, or written by hand: the file brings a draft at most."""
        rows = [(f"9.10000{n}", *GOOD_PROCEDURES[0][1:]) for n in range(1, 7)]
        run(self.file(table(rows[:4])))
        run(self.file(table(rows[4:5])), "--draft")
        down, locked, waiting, _free, begun = ProcedurePage.objects.order_by("code")
        down.unpublish()
        ProcedurePage.objects.filter(pk=locked.pk).update(locked=True)
        page = ProcedurePage.objects.get(pk=waiting.pk)
        page.authority = "Chờ duyệt"
        page.save_revision()
        page.get_workflow().start(page, make_officer(Role.EDITOR))
        begun.keywords = "đang viết dở"
        begun.save_revision()
        hand = procedure(ProcedureIndexPage.objects.get(), "9.100006", title="Viết tay", ways=[way(quantity=3)])
        later = table([(*row[:4], "2", *row[5:]) for row in rows])
        reading = read_procedures(later, "a.csv")
        assert {
            item.label[-1]: str(item.fate) for item in reading.items if item.fate is Fate.UNCHANGED
        } == dict.fromkeys("23", "unchanged")
        assert sum("để nguyên" in remark.text for remark in reading.remarks) == 2
        assert next(item for item in reading.items if item.label == hand.code).parts[0].startswith("Tên thủ tục: Viết")
        revisions = {page.code: page.revisions.count() for page in ProcedurePage.objects.all()}
        run(self.file(later))
        pages = {page.code[-1]: page for page in ProcedurePage.objects.all()}
        assert [key for key, page in sorted(pages.items()) if page.live] == list("2346")
        grown = [key for key, page in sorted(pages.items()) if page.revisions.count() > revisions[page.code]]
        assert grown == list("1456")
        assert [way.time for way in pages["4"].ways.all()] == ["2 ngày làm việc"], "public and untouched: published"
        assert (pages["6"].title, pages["6"].has_unpublished_changes) == ("Viết tay", True)
        assert "giữ nguyên 6" in run(self.file(later))

    def test_a_draft_of_the_import_goes_out_with_a_later_file(self):
        run(self.file(table(GOOD_PROCEDURES[:1])), "--draft")
        run(self.file(table([(*GOOD_PROCEDURES[0][:4], "2", *GOOD_PROCEDURES[0][5:])])))
        assert ProcedurePage.objects.readable().count() == 1

    def test_a_file_takes_away_nothing_of_which_it_has_no_column(self):
        run(self.file(table(GOOD_PROCEDURES)))
        short = csv_text([(*row[:3], "2") for row in GOOD_PROCEDURES], headings=("Mã", "Tên", "Lĩnh vực", "Thời hạn"))
        assert {str(item.fate) for item in read_procedures(short.encode(), "a.csv").items} == {"changed"}
        run(self.file(short.encode()))
        page = ProcedurePage.objects.get(code="9.100001")
        assert [(way.time, way.fee) for way in page.ways.all()] == [("2 ngày làm việc", "Không thu")]
        assert (page.grade, page.authority, page.levels) == ("A", "Trường học", ",cap-tinh,cap-xa,")
        assert ProcedurePage.objects.readable().count() == 2
        assert "giữ nguyên 3" in run(self.file(table([(*row[:4], "2", *row[5:]) for row in GOOD_PROCEDURES])))

    def test_notes_behind_a_paper_are_for_officers(self):
        run(self.file(table(GOOD_PROCEDURES[:1])))
        page = ProcedurePage.objects.get()
        assert [line.text for line in page.basis_lines] == ["6/2026/NĐ-MAU"]
        assert page.staff_note.splitlines()[1:] == ["6/2026/NĐ-MAU: phần một; phần hai"]

    def test_only_a_confirmed_draft_is_handed_in(self):
        run(self.file(table(GOOD_PROCEDURES[:1])))
        run(self.file(table([(*GOOD_PROCEDURES[0][:9], "D")])))
        page = ProcedurePage.objects.get()
        assert not page.needs_confirmation, "what is public stays"
        assert not hand_in(str(page.pk), actor=make_officer(Role.EDITOR))
        assert not page.workflow_states.exists()

    def test_a_code_that_two_pages_have_is_named(self):
        run(self.file(table(GOOD_PROCEDURES[:1])))
        page = ProcedurePage.objects.get()
        copy = page.copy(update_attrs={"slug": "ban-sao"}, keep_live=False)
        assert copy.code == copy.get_latest_revision_as_object().code == ""
        ProcedurePage.objects.filter(pk=copy.pk).update(code=page.code)
        with pytest.raises(CommandError, match=r"9\.100001 không ghi được: Đã có trang"):
            run(self.file(table([(*GOOD_PROCEDURES[0][:4], "2", *GOOD_PROCEDURES[0][5:])])))


class RealListTest(TestCase):
    """The 68 procedures of one province, grades A to D."""

    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_either_file_brings_them_all_and_both_say_the_same(self):
        told = run(real_file("tthc_giao_duc.csv"))
        assert "Mới 68, có thay đổi 0, giữ nguyên 0, từ chối 0" in told
        for name in ("tthc_giao_duc.csv", "tthc_giao_duc.xlsx"):
            assert "giữ nguyên 68" in run(real_file(name))
        shown = ProcedurePage.objects.readable()
        assert shown.count() == 10
        assert ProcedurePage.objects.filter(live=False, needs_confirmation=True).count() == 58
        assert search("1.012965", kind="procedure").total == 1
        assert search("giai the truong", kind="procedure").total
        for page in ProcedurePage.objects.filter(needs_confirmation=True):
            assert self.client.get(page.url).status_code == 404
            assert page.staff_note[0] == page.grade != "A", "officers read how sure it is"
        for address in ("", "du-lieu.csv", "du-lieu.json", "ban-ghi.json", "niem-yet/", "atom.xml", "ho-so-mau/"):
            body = self.client.get(f"/thu-tuc-hanh-chinh/{address}")
            words = (body.getvalue() if body.streaming else body.content).decode()
            assert not [page.code for page in ProcedurePage.objects.filter(live=False) if page.code in words], address
        self.client.force_login(make_officer(Role.EDITOR))
        listed = self.client.get("/quan-tri/danh-sach-thu-tuc/?needs_confirmation=true").content.decode()
        assert "".join(listed.split()).count("Cầnxácnhận</td>") >= 50, "said on every line of the first page"

    def test_every_page_of_them_renders_once_somebody_has_confirmed_it(self):
        assert "Mới 68" in run(real_file("tthc_giao_duc.xlsx"))
        confirm_all()
        pages = list(ProcedurePage.objects.readable())
        assert len(pages) == 68
        for page in pages:
            body = self.client.get(page.url).content.decode()
            assert page.code in body
            assert self.client.get(page.checklist_url).status_code == 200
        assert self.client.get(pages[0].paper_url).content.startswith(b"%PDF")
        assert len(self.client.get("/thu-tuc-hanh-chinh/niem-yet/").context["records"]) == 68
        again = read_procedures(self.client.get("/thu-tuc-hanh-chinh/ban-ghi.json").content, "a.json")
        assert (again.counts["unchanged"], again.refusals) == (68, [])
