"""Whole records as JSON: out and in again unchanged, shown part by part, taken or left, refused in words."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from cms.core.enums import Role
from cms.core.importing import Fate, UnreadableFileError
from cms.core.importing.runs import import_run_write
from cms.core.models import ImportRun
from cms.demo.registry import SampleFile
from cms.demo.services.papers import sample_paper
from procedures.factories import procedure, way
from procedures.importers import PROCEDURE_IMPORT, read_procedures
from procedures.models import (
    InternalStep,
    ProcedureBasis,
    ProcedureDecision,
    ProcedurePage,
    ProcedurePlace,
    ProcedureStep,
    ReceivingPlace,
    RelatedProcedure,
    content_of,
    marked,
)
from tests.officers import make_officer
from tests.procedures.portal import LIST, ProcedureSite

RECORD = {
    "ma_thu_tuc": "9.300001",
    "ten_thu_tuc": "Xét tuyển lớp 6 (mẫu)",
    "linh_vuc": "Giáo dục trung học",
    "cap_thuc_hien": "Cấp xã, Tỉnh",
    "doi_tuong_thuc_hien": [{"ma": "DT1"}, "Cán bộ, công chức, viên chức", "Doanh nghiệp có vốn đầu tư nước ngoài"],
    "loai_thu_tuc": "Loại khác",
    "so_quyet_dinh": [{"so_ky_hieu": "5/QĐ-MAU", "ngay_ban_hanh": "2026-05-28"}],
    "dia_chi_tiep_nhan": [{"ten": "Quầy số 7", "dia_chi": "Số 7"}],
    "trinh_tu_thuc_hien": [{"ten": "Nộp", "mo_ta": "Nộp đơn."}],
    "cach_thuc_thuc_hien": [
        {"hinh_thuc_nop": "Trực tiếp", "thoi_gian_so": 5, "thoi_gian_don_vi": "Ngày làm việc", "phi_so_tien": 0},
        {"hinh_thuc_nop": "Bưu chính", "thoi_gian_don_vi": "không quy định", "phi_ghi_chu": "Theo giá bưu điện"},
    ],
    "thanh_phan_ho_so": [
        {
            "truong_hop": "Trong tỉnh",
            "giay_to": [{"ten": "Đơn", "ban_chinh": 1, "mau_don": {"dia_chi": "https://a.vn/1"}}],
        }
    ],
    "tu_khoa": "Không có thông tin",
    "quy_trinh_noi_bo": [{"bo_phan": "Văn thư", "viec": "Nhận", "thoi_gian_so": 0.5, "thoi_gian_don_vi": "ngày"}],
    "buu_chinh": {"nhan_ho_so": True},
    "tinh_trang": "Còn hiệu lực",
    "thay_bang": "",
    "do_tin_cay": "A",
}


def packed(*records, **more):
    return json.dumps({"thu_tuc": list(records), **more}, ensure_ascii=False, indent=1).encode()


def read(*records):
    return read_procedures(packed(*records), "a.json")


def take(reading, *, publish=True):
    return PROCEDURE_IMPORT.write(reading.to_write, actor=None, publish=publish)


BAD = [
    ({"ma_thu_tuc": ""}, "Mã thủ tục"),
    ({"ma_thu_tuc": "1.12"}, "không có dạng"),
    ({"ten_thu_tuc": 5}, "phải là chữ"),
    ({"ten_thu_tuc": ""}, "Tên thủ tục"),
    ({"linh_vuc": None}, "Lĩnh vực"),
    ({"cap_thuc_hien": ["Cấp thôn"]}, "Cấp thôn"),
    ({"cach_thuc_thuc_hien": [{"hinh_thuc_nop": "Bồ câu"}]}, "dòng 1: “hinh_thuc_nop” không có “Bồ câu”"),
    ({"cach_thuc_thuc_hien": [{"hinh_thuc_nop": "Trực tiếp", "thoi_gian_so": 5}]}, "Hãy chọn đơn vị của số này"),
    ({"cach_thuc_thuc_hien": [{"hinh_thuc_nop": "Trực tiếp", "phi_so_tien": -5}]}, "không thể có"),
    ({"do_tin_cay": "E"}, "phải là A, B, C hoặc D"),
    ({"hieu_luc_tu": "31/02/2026"}, "phải là ngày"),
    ({"thanh_phan_ho_so": [{"truong_hop": "x", "giay_to": []}]}, "phải có giấy tờ"),
    ({"trinh_tu_thuc_hien": "Bước 1"}, "phải là một danh sách"),
    ({"dia_chi_nguon": "javascript:alert(1)"}, "phải là địa chỉ"),
    ({"mo_ta": "a\x00b"}, "ký tự điều khiển"),
    ({"ten_thu_tuc": "x\udcff"}, "bị hỏng"),
    ({"ma_thu_tuc": "9.300001"}, "đã có ở dòng 3"),
    ({"buu_chinh": {"nhan_ho_so": "có"}}, "true hoặc false"),
    ({"doi_tuong_thuc_hien": [{"ma": "ĐT99"}]}, "Không có đối tượng"),
    ({"dia_chi_tiep_nhan": [{"ten": "Quầy", "dia_chi": "1", "dien_thoai": "0" * 61}]}, "Nơi tiếp nhận: dòng 1"),
    ({"dia_chi_tiep_nhan": [{"ten": "Quầy", "dia_chi": "1", "gio_lam_viec": ["7h"]}]}, "“gio_lam_viec” phải là chữ"),
]


class RecordTest(ProcedureSite):
    def test_a_record_becomes_a_page_and_comes_out_as_it_went_in(self):
        assert take(read(RECORD))
        page = ProcedurePage.objects.readable().get(code="9.300001")
        assert page.levels == ",cap-tinh,cap-xa,"
        assert page.audiences == ",cong-dan,can-bo,doanh-nghiep-von-nuoc-ngoai,"
        assert [(each.get_channel_display(), each.time, each.fee) for each in page.ways.all()] == [
            ("Trực tiếp", "5 ngày làm việc", "Không thu"),
            ("Dịch vụ bưu chính", "không quy định", "Theo giá bưu điện"),
        ]
        assert [row.place.name for row in page.place_rows] == ["Quầy số 7"]
        assert page.cases[0].shown_papers[0].form_href == "https://a.vn/1"
        assert (page.keywords, page.post_receives, page.grade) == ("", True, "A")
        out = self.client.get(f"{LIST}ban-ghi.json?cap=cap-xa").json()
        assert out["total"] == 2
        again = read_procedures(json.dumps(out, ensure_ascii=False).encode(), "a.json")
        assert {str(item.fate) for item in again.items} == {"unchanged"}, [item.parts for item in again.items]
        assert (again.refusals, again.remarks) == ([], [])
        assert out["thu_tuc"][0]["dia_chi_trang"].startswith("http://testserver/thu-tuc-hanh-chinh/")
        assert self.client.get(f"{LIST}ban-ghi.json?cap=cap-bo").json()["total"] == 0

    def full_page(self):
        form = sample_paper(SampleFile("Mẫu đơn"), 1)
        page = procedure(
            self.index,
            "9.300009",
            title="Có đủ mọi phần",
            ways=[way(audience_note="ngoài tỉnh", quantity=None, unit="session", fee_kind="amount", fee_amount=5000)],
            dossier=[
                ("case", {"name": "", "papers": [{"name": "Đơn", "originals": 1, "copies": 2, "document": form}]})
            ],
            steps=[ProcedureStep(text="Nộp")],
            decisions=[ProcedureDecision(cited_page=self.page)],
            bases=[ProcedureBasis(number="6/NĐ", issued_on="2026-01-02", abstract="Về việc")],
            related=[RelatedProcedure(code="9.000001", name="Chuyển trường")],
            places=[ProcedurePlace(place=self.place, note="Tầng 1")],
            internal_steps=[InternalStep(unit_name="A", work="B", quantity="0.5", unit="working_day")],
            replaced_by=self.page,
            post_returns=True,
            effective_from="2026-01-01",
            checked_on="2026-02-03",
            online_level="muc-do-4",
        )
        return page, form

    def test_a_page_with_everything_goes_out_and_in_without_a_change(self):
        """What an editor keeps by hand, files and pages that are cited among it, is neither lost nor called new."""
        full, form = self.full_page()
        content = self.client.get(f"{LIST}ban-ghi.json").content
        reading = read_procedures(content, "a.json")
        assert reading.refusals == []
        assert [item.label for item in reading.items] == ["9.000001", "9.300009"]
        assert {(str(item.fate), item.parts) for item in reading.items} == {("unchanged", ())}
        before = content_of(ProcedurePage.objects.get(pk=full.pk))
        changed = json.loads(content)
        changed["thu_tuc"][1]["thanh_phan_ho_so"][0]["giay_to"].append({"ten": "Học bạ", "ban_chinh": 1})
        reading = read_procedures(json.dumps(changed).encode(), "a.json")
        assert [item.changes[0][0] for item in reading.to_write] == ["Thành phần hồ sơ"]
        assert take(reading)
        page = ProcedurePage.objects.get(pk=full.pk)
        assert page.has_unpublished_changes, "written by hand: a draft to compare, nothing published"
        draft = page.get_latest_revision_as_object()
        papers = draft.cases[0].shown_papers
        assert [paper.words for paper in papers] == ["Đơn", "Học bạ"]
        assert papers[0]["document"] == form
        after = content_of(draft)
        assert {key for key in before if before[key] != after[key]} <= {
            *("dossier", "latest_revision", "has_unpublished_changes", "latest_revision_created_at", "source_row"),
            *("first_published_at", "last_published_at"),  # the draft reads them in another time zone
        }

    def test_the_file_has_the_last_word_only_where_it_says_something_new(self):
        take(read(RECORD))
        assert not read(RECORD).to_write, "the same file again changes nothing"
        page = ProcedurePage.objects.get(code="9.300001")
        page.conditions, page.ways = "Của biên tập viên", [way(quantity=9)]
        page.save_revision().publish()
        assert not read(RECORD).to_write
        new = {**RECORD, "trinh_tu_thuc_hien": [{"ten": "Nộp", "mo_ta": "Nộp đơn và học bạ."}]}
        [item] = read(new).to_write
        assert item.changes == (("Trình tự thực hiện", "Nộp – Nộp đơn.", "Nộp – Nộp đơn và học bạ."),)
        revisions = page.revisions.count()
        take(read(new))
        page = ProcedurePage.objects.get(code="9.300001")
        assert (page.conditions, [row.quantity for row in page.ways.all()]) == ("Của biên tập viên", [9])
        assert page.steps.get().text == "Nộp đơn và học bạ."
        assert (page.revisions.count(), page.has_unpublished_changes) == (revisions + 1, False)

    def test_hours_and_telephone_of_a_place_come_with_a_record_and_go_out_with_it(self):
        desk = {"ten": "Quầy số 7", "dia_chi": "Số 7", "gio_lam_viec": "Sáng 7h30\nChiều 13h", "dien_thoai": "0299 1"}
        take(read({**RECORD, "dia_chi_tiep_nhan": [desk]}))
        [row] = ProcedurePage.objects.get(code="9.300001").place_rows
        assert (row.place.hour_lines, row.place.phone) == (["Sáng 7h30", "Chiều 13h"], "0299 1")
        out = self.client.get(f"{LIST}ban-ghi.json").json()
        [told] = next(each for each in out["thu_tuc"] if each["ma_thu_tuc"] == "9.300001")["dia_chi_tiep_nhan"]
        assert told == {**desk, "ghi_chu": ""}
        assert not read_procedures(json.dumps(out).encode(), "a.json").to_write
        assert not read(RECORD).to_write, "a file without hours and telephone says nothing of them"

    def test_a_file_fills_in_what_nobody_has_said_of_a_place_and_leaves_what_editors_wrote(self):
        take(read(RECORD))
        assert ReceivingPlace.objects.filter(name="Quầy số 7").update(phone="0299 2")
        desk = {"ten": "Quầy số 7", "dia_chi": "Số 8", "gio_lam_viec": "Sáng 7h30", "dien_thoai": "0299 1"}
        reading = read({**RECORD, "dia_chi_tiep_nhan": [desk]})
        [item] = reading.to_write
        assert item.changes == (
            (
                "Nơi tiếp nhận",
                "Quầy số 7 – Số 7 – điện thoại: 0299 2",
                "Quầy số 7 – Số 7 – giờ làm việc: Sáng 7h30 – điện thoại: 0299 2",
            ),
        )
        assert [remark.text for remark in reading.remarks] == [
            "Quầy số 7: địa chỉ, giờ làm việc, điện thoại giữ như ở danh mục Nơi tiếp nhận hồ sơ; khác thì sửa ở đó."
        ]
        take(reading)
        place = ReceivingPlace.objects.get(name="Quầy số 7")
        assert (place.address, place.hours, place.phone) == ("Số 7", "Sáng 7h30", "0299 2")
        assert not read({**RECORD, "dia_chi_tiep_nhan": [desk]}).to_write

    def test_what_a_form_sent_with_two_signs_a_line_is_no_difference(self):
        self.page.conditions = "Một điều.\r\nHai điều."
        self.page.save_revision().publish()
        content = self.client.get(f"{LIST}ban-ghi.json").content
        assert b"\\r" not in content
        assert not read_procedures(content, "a.json").to_write

    def test_records_on_one_line_are_told_and_chosen_apart(self):
        """Each is taken or left by its number: one number for all would take those that were left."""
        second = {**RECORD, "ma_thu_tuc": "9.300002", "ten_thu_tuc": "Xét tuyển lớp 10 (mẫu)"}
        flat = json.dumps({"thu_tuc": [RECORD, second]}).encode()
        assert [item.line for item in read_procedures(flat, "a.json").items] == [1, 2]
        spread = json.dumps([RECORD, second], indent=1).encode()
        lines = [item.line for item in read_procedures(spread, "a.json").items]
        assert lines[0] == 2 < lines[1]

    def test_a_change_stands_below_the_name_of_its_procedure(self):
        take(read(RECORD))
        [item] = read({**RECORD, "trinh_tu_thuc_hien": [{"ten": "Nộp", "mo_ta": "Khác."}]}).to_write
        assert item.title == RECORD["ten_thu_tuc"]

    def test_a_record_that_is_not_sure_is_nobodys_to_read(self):
        take(read({**RECORD, "do_tin_cay": None}))
        page = ProcedurePage.objects.get(code="9.300001")
        assert (page.live, page.needs_confirmation, page.grade) == (False, True, "D")

    def test_every_kind_of_fault_is_told_with_its_line_and_nothing_is_stored(self):
        records = [
            RECORD,
            *({**RECORD, "ma_thu_tuc": f"9.40{n:04d}", **fault} for n, (fault, _words) in enumerate(BAD)),
        ]
        content = json.dumps({"thu_tuc": records}, indent=None).replace('{"ma_thu_tuc"', '\n\n{"ma_thu_tuc"').encode()
        reading = read_procedures(content, "a.json")
        assert [item.label for item in reading.items] == ["9.300001"]
        assert [refusal.line for refusal in reading.refusals] == [5 + 2 * place for place in range(len(BAD))]
        for refusal, (_fault, words) in zip(reading.refusals, BAD, strict=True):
            assert words in refusal.reason
        assert not reading.may_be_written(skip_bad=False)
        assert not ProcedurePage.objects.with_code(["9.300001"]).exists()

    def test_reading_and_handing_out_cost_the_same_for_few_and_many(self):
        costs = []
        for count in (2, 6):
            for number in range(count):
                code = f"9.5{count:02d}{number:03d}"
                take(read({**RECORD, "ma_thu_tuc": code, "dia_chi_tiep_nhan": [{"ten": code, "dia_chi": "1"}]}))
            content = self.client.get(f"{LIST}ban-ghi.json").content
            with CaptureQueriesContext(connection) as queries:
                assert self.client.get(f"{LIST}ban-ghi.json").status_code == 200
                assert not read_procedures(content, "a.json").to_write
            costs.append(len(queries))
        assert costs[0] == costs[1] <= 45


class ChoosingTest(ProcedureSite):
    def test_the_screen_shows_old_and_new_and_leaves_out_what_lost_its_tick(self):
        other = {**RECORD, "ma_thu_tuc": "9.300002", "ten_thu_tuc": "Thủ tục để lại (mẫu)"}
        take(read(RECORD, other))
        publisher = make_officer(Role.PUBLISHER)
        self.client.force_login(publisher)
        content = packed(*({**each, "mo_ta": "Dành cho học sinh lớp 5."} for each in (RECORD, other)))
        sent = self.client.post("/quan-tri/nhap-thu-tuc/", {"file": SimpleUploadedFile("a.json", content)})
        body = self.client.get(sent.url).content.decode()
        assert "<dt>Mô tả</dt>" in body
        assert "<ins>" in body
        assert body.count('name="lay"') == 2
        run = ImportRun.objects.get()
        first, second = (item["line"] for item in run.report["items"])
        with self.captureOnCommitCallbacks(execute=False):
            self.client.post(f"{sent.url}xac-nhan/", {"chon": "1", "lay": [str(first)]})
        run.refresh_from_db()
        assert run.report["left_out"] == [second]
        import_run_write(run=run)
        drafts = {
            page.code: page.get_latest_revision_as_object().description
            for page in ProcedurePage.objects.with_code(["9.300001", "9.300002"])
        }
        assert drafts == {"9.300001": "Dành cho học sinh lớp 5.", "9.300002": ""}
        assert ImportRun.objects.get().done == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "sai ở dòng 1"),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "không có thủ tục nào"),
        (b'{"a": 1}', "phải là một danh sách"),
        (b'[{"a": NaN}]', "không phải là số"),
        (b'[{"a": 1, "a": 2}]', "hai lần"),
        (b"[" * 100_000, "lồng quá nhiều"),
        (b"5", "không có thủ tục nào"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(content, words):
    with pytest.raises(UnreadableFileError, match=words):
        read_procedures(content, "a.json")


def test_marks_say_what_went_and_what_came():
    assert [(piece.text, piece.mark) for piece in marked("25 ngày làm việc", "15 ngày làm việc")] == [
        ("25", "old"),
        ("15", "new"),
        (" ngày làm việc", ""),
    ]
    long = "a " * 2000
    assert [piece.mark for piece in marked(long, long + "b")] == ["old", "new"]
    assert str(Fate.CHANGED.label)
