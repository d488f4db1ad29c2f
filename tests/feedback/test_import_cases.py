"""``import_cases``: an old register goes in once, whole or not at all, again without doubles, and never in public."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

import openpyxl
import pytest

from cms.core.enums import ImportState, Role
from cms.core.importing import Fate, UnreadableFileError, runs
from cms.core.models import ImportRun, LedgerEvent, OutboxMail
from feedback.enums import CaseSource, CaseState
from feedback.importers import read_register
from feedback.models import BookLine, Case, ExtraQuestion, PaperBook, PublicCase
from feedback.services.books import lines_skip
from feedback.services.catalogue import catalogue_seed
from feedback.services.paper import entry_correct
from feedback.services.publication import not_publishable_because
from feedback.services.reminders import reminders_send
from tests.feedback.conftest import make_officer

pytestmark = pytest.mark.django_db

HEAD = "Sổ,Số dòng,Ngày nhận,Kênh,Người gửi,Điện thoại,Địa chỉ,Tiêu đề,Nội dung,Lĩnh vực,Đơn vị\n"
REGISTER = HEAD + (
    "Sổ góp ý 2024,1,05/03/2024,Sổ góp ý,Nguyễn Văn Mẫu,0912 000 345,Số 1 đường Mẫu,Sân trường ngập nước,"
    "Mưa to là sân trường ngập nước.,Cơ sở vật chất,truong-a\n"
    "Sổ góp ý 2024,2,06/03/2024 08:30,,,,,,Học phí thu hai lần trong một tháng.,hoc-phi,Trường Tiểu học Mẫu A\n"
    "SO GOP Y,7,2024-03-07 00:00:00,gọi điện,Trần Thị Mẫu,,,Xe đưa đón,Xe đưa đón đến muộn.,,\n"
)


@pytest.fixture(autouse=True)
def catalogue(desk):
    catalogue_seed()


def reading(text, name="so.csv"):
    return read_register(text.encode(), name)


def xlsx(text):
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class TestReading:
    def test_rows_as_offices_write_them(self, desk):
        found = reading(REGISTER)
        assert found.refusals == []
        assert [item.fate for item in found.items] == [Fate.NEW] * 3
        assert [item.data.source for item in found.items] == ["book", "", "phone"]
        assert {item.data.unit_id for item in found.items} == {desk.unit.pk, None}
        assert found.items[1].data.title == "Học phí thu hai lần trong một tháng."
        assert any("Sổ mới: “Sổ góp ý 2024”" in remark.text for remark in found.remarks)

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            (",1,05/03/2024,,,,,,Nội dung,,", "Sổ"),
            ("Sổ A,không,05/03/2024,,,,,,Nội dung,,", "Số dòng"),
            ("Sổ A,1,31/02/2024,,,,,,Nội dung,,", "Ngày nhận"),
            ("Sổ A,1,05/03/2099,,,,,,Nội dung,,", "sau hôm nay"),
            ("Sổ A,1,05/03/1924,,,,,,Nội dung,,", "quá xa"),
            ("Sổ A,1,05/03/2024,bồ câu,,,,,Nội dung,,", "bồ câu"),
            ("Sổ A,1,05/03/2024,,,12,,,Nội dung,,", "Điện thoại"),
            ("Sổ A,1,05/03/2024,,,,,,,,", "Nội dung"),
            ("Sổ A,1,05/03/2024,,,,,,=1+1,,", "công thức"),
            ("Sổ A,1,05/03/2024,,,,,,Nội dung,Chuyện lạ,", "Chuyện lạ"),
            ("Sổ A,1,05/03/2024,,,,,,Nội dung,,Trường lạ", "Trường lạ"),
            ("Sổ A,1,05/03/2024,,,,,,Nội dung," + "x" * 121 + ",", "Lĩnh vực"),
        ],
    )
    def test_a_bad_row_is_refused_with_its_line_and_reason(self, row, reason):
        found = reading(HEAD + row + "\n")
        assert [refusal.line for refusal in found.refusals] == [2]
        assert reason in found.refusals[0].reason
        assert not found.items

    def test_the_sender_is_not_in_the_report_of_what_was_refused(self):
        found = reading(HEAD + "Sổ A,1,05/03/2024,,Nguyễn Bí Mật,0912000777,Số 9,Tiêu đề,Nội dung,Chuyện lạ,\n")
        told = str(found.as_report(most=50))
        assert "Bí Mật" not in told
        assert "0912000777" not in told

    def test_one_line_twice_is_taken_once_or_refused(self):
        row = "Sổ A,1,05/03/2024,,,,,Tiêu đề,Nội dung,,\n"
        assert len(reading(HEAD + row + row).items) == 1
        found = reading(HEAD + row + row.replace("Nội dung", "Nội dung khác"))
        assert [refusal.line for refusal in found.refusals] == [3]

    def test_a_field_of_work_that_insists_on_an_answer_is_said(self):
        case = Case._meta.get_field("category").related_model.objects.get(code="hoc-phi")
        ExtraQuestion.objects.create(
            code="bat-buoc", label="Khoản thu nào", kind="string", category=case, required=True
        )
        found = reading(REGISTER)
        assert [refusal.line for refusal in found.refusals] == [3]

    def test_a_file_without_its_columns_is_refused_as_a_whole(self):
        with pytest.raises(UnreadableFileError, match="Nội dung"):
            reading("Sổ,Số dòng,Ngày nhận\nA,1,05/03/2024\n")

    def test_its_price_does_not_grow_with_its_rows(self, django_assert_num_queries):
        rows = "".join(f"Sổ A,{number},05/03/2024,,,,,Tiêu đề,Nội dung,hoc-phi,truong-a\n" for number in range(1, 200))
        with django_assert_num_queries(4):
            assert len(reading(HEAD + rows).items) == 199


class TestCommand:
    def run(self, tmp_path, text=REGISTER, *options, name="so.csv"):
        file = tmp_path / name
        file.write_bytes(xlsx(text) if name.endswith("xlsx") else text.encode())
        out = io.StringIO()
        call_command("import_cases", str(file), *options, stdout=out, stderr=out)
        return out.getvalue()

    @pytest.mark.parametrize("name", ["so.csv", "so.xlsx"])
    def test_lines_become_cases_in_the_queue(self, tmp_path, name):
        self.run(tmp_path, name=name)
        first = Case.objects.get(book_line__number=1)
        assert first.reference == "PA-2024-000001"
        assert (first.state, first.source) == (CaseState.SUBMITTED, CaseSource.BOOK)
        assert timezone.localdate(first.received_at).isoformat() == "2024-03-05"
        assert (first.sender.name, first.sender.phone) == ("Nguyễn Văn Mẫu", "0912000345")
        assert first.book_line.imported
        assert PaperBook.objects.get(code="so-gop-y-2024").name == "Sổ góp ý 2024"
        assert BookLine.objects.get(number=7).book.code == "so-gop-y"

    def test_again_it_makes_nothing(self, tmp_path):
        self.run(tmp_path)
        before = (Case.objects.count(), LedgerEvent.objects.count())
        assert "giữ nguyên 3" in self.run(tmp_path)
        assert (Case.objects.count(), LedgerEvent.objects.count()) == before

    def test_other_words_on_a_line_that_is_there_are_remarked_and_left(self, tmp_path):
        self.run(tmp_path)
        told = self.run(tmp_path, REGISTER.replace("ngập nước.", "ngập nước và trơn."))
        assert "nội dung khác" in told
        assert Case.objects.get(book_line__number=1).body == "Mưa to là sân trường ngập nước."

    def test_a_line_that_was_moved_elsewhere_is_free_again(self, tmp_path, desk):
        self.run(tmp_path)
        moved = Case.objects.get(book_line__number=1)
        entry_correct(
            line=moved.book_line,
            actor=desk.clerk,
            expected_version=moved.version,
            place=(5, ""),
            received_on=timezone.localdate(moved.received_at),
            category=moved.category,
            unit=moved.unit,
            title="Dòng này là của tờ khác",
            body=moved.body,
        )
        assert "Mới 1" in self.run(tmp_path)
        made = Case.objects.get(book_line__number=1)
        assert made.pk != moved.pk
        assert made.title == "Sân trường ngập nước"
        kept = Case.objects.get(book_line__number=5)
        assert (kept.pk, kept.title) == (moved.pk, "Dòng này là của tờ khác")
        assert Case.objects.count() == BookLine.objects.count() == 4

    def test_a_dry_run_writes_nothing(self, tmp_path):
        assert "Mới 3" in self.run(tmp_path, REGISTER, "--dry-run")
        assert not Case.objects.exists()

    def test_all_or_nothing_unless_bad_rows_are_skipped(self, tmp_path):
        bad = REGISTER + "Sổ A,1,sai ngày,,,,,,Nội dung,,\n"
        with pytest.raises(CommandError, match="1 dòng bị từ chối"):
            self.run(tmp_path, bad)
        assert not Case.objects.exists()
        self.run(tmp_path, bad, "--skip-bad")
        assert Case.objects.count() == 3

    def test_nothing_of_it_is_or_may_be_public(self, tmp_path, client):
        self.run(tmp_path)
        assert not PublicCase.objects.exists()
        assert not Case.objects.to_publish().exists()
        for case in Case.objects.all():
            assert not_publishable_because(case)
            assert [consent.purpose for consent in case.sender.consents.all()] == ["handle"]
        for address in ("/phan-anh-kien-nghi/", "/phan-anh-kien-nghi/du-lieu.csv", "/open311/v2/requests.json"):
            assert "ngập nước" not in client.get(address).getvalue().decode()

    def test_an_old_register_floods_nobody_with_mails(self, tmp_path, desk):
        self.run(tmp_path)
        reminders_send()
        assert not OutboxMail.objects.exists()

    def test_a_line_said_to_be_empty_is_refused(self, tmp_path, desk):
        lines_skip(book=PaperBook.objects.get(code="so-gop-y"), first=7, last=7, reason="Gạch", actor=desk.clerk)
        with pytest.raises(CommandError):
            self.run(tmp_path)


class TestUpload:
    ADDRESS = "/quan-tri/nhap-so-phan-anh/"

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.INTAKE])
    def test_who_may_not(self, client, role):
        client.force_login(make_officer(f"vai-{role}", role))
        assert client.get(self.ADDRESS).status_code in {302, 403}
        client.post(self.ADDRESS, {"file": SimpleUploadedFile("a.csv", REGISTER.encode())})
        assert not ImportRun.objects.exists()

    def test_seen_first_then_written(self, client, desk):
        client.force_login(desk.clerk)
        file = SimpleUploadedFile("so.csv", REGISTER.encode())
        answer = client.post(self.ADDRESS, {"file": file}, follow=True)
        page = answer.content.decode()
        assert "Sân trường ngập nước" in page
        assert "vào hàng chờ tiếp nhận, không công khai" in page
        assert not Case.objects.exists()
        client.post(f"{answer.redirect_chain[-1][0]}xac-nhan/")
        run = ImportRun.objects.get()
        runs.write_in_background.call(str(run.pk))
        run.refresh_from_db()
        assert (run.state, run.done) == (ImportState.DONE, 3)
        assert Case.objects.count() == 3
        assert client.get(reverse("paper:index")).status_code == 200
