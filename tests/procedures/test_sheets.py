"""Forms 02 and 03: the sheets that an applicant gets when papers are missing or a dossier is refused."""

import io

from django.urls import reverse

from docx import Document
from pypdf import PdfReader

from cms.core.models import AgencySettings, LedgerEvent
from procedures.models import Dossier, DossierApplicant, DossierSettings
from procedures.services import handling, moves
from tests.procedures.desk import EMAIL, NAME
from tests.procedures.test_desk import ScreenCase

ASKED = "Học bạ bản chính, vì bản sao mờ\nĐơn có chữ ký của cha hoặc mẹ"


class SheetTests(ScreenCase):
    def address(self, made, sheet="bo-sung", kind="pdf"):
        return reverse("dossier:sheet", args=[made.pk, sheet, kind])

    def words(self, made, sheet="bo-sung"):
        answer = self.client.get(self.address(made, sheet))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert "no-store" in answer["Cache-Control"]
        paper = PdfReader(io.BytesIO(answer.content))
        return " ".join(" ".join(page.extract_text() for page in paper.pages).split())

    def asked(self, **facts):
        made = self.taken(address="Số 1 phố Mẫu", **facts)
        assert self.step(made, "ask", words=ASKED).status_code == 302
        return Dossier.objects.get(pk=made.pk)

    def test_whoever_asks_for_papers_finds_the_sheet_on_the_same_screen(self):
        made = self.taken()
        before = self.page("dossier:open", made.pk)
        self.step(made, "ask", words=ASKED)
        after = self.page("dossier:open", made.pk)
        for kind in ("pdf", "docx"):
            link = f'href="{self.address(made, kind=kind)}"'
            assert link not in before
            assert link in after
        assert "tu-choi" not in after
        assert DossierSettings.load().forms_basis in after, "the forms are remembered, not yet confirmed"

    def test_it_says_who_what_why_and_where(self):
        agency = AgencySettings.load()
        agency.phone = "0299 382 1234"
        agency.save()
        made = self.asked()
        said = self.words(made)
        for words in (
            "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            f"Ông/bà {NAME}",
            "Địa chỉ: Số 1 phố Mẫu",
            EMAIL,
            made.code,
            "Chuyển trường trung học phổ thông",
            "1. Học bạ bản chính, vì bản sao mờ",
            "2. Đơn có chữ ký của cha hoặc mẹ",
            f"mang hoặc gửi giấy tờ bổ sung đến {agency.one_stop_name}",
            "tính lại từ khi nhận đủ giấy tờ bổ sung",
            "ngày 30 tháng 11 năm 2026",
            f"hỏi tại {agency.one_stop_name}, điện thoại 0299 382 1234./.",
            "NGƯỜI HƯỚNG DẪN",
            self.desk.clerk.called,
        ):
            assert words in said, words
        file = self.client.get(self.address(made, kind="docx"))
        text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(file.content)).paragraphs)
        assert "1. Học bạ bản chính, vì bản sao mờ" in text
        assert 'filename="phieu-bo-sung-' in file["Content-Disposition"]

    def test_what_the_wait_does_to_the_date_is_as_the_settings_have_it(self):
        rules = DossierSettings.load()
        rules.supplement_restarts = False
        rules.save()
        assert "Thời gian chờ bổ sung không tính vào thời hạn giải quyết" in self.words(self.asked())
        self.key(channel="online", received="", form="hai")
        waiting = Dossier.objects.latest("pk")
        self.step(waiting, "ask", words=ASKED)
        assert "Thời hạn giải quyết tính từ khi nhận đủ giấy tờ" in self.words(waiting)

    def test_a_refusal_says_its_reason_and_law(self):
        made = self.taken()
        self.step(made, "refuse", words="Không thuộc thẩm quyền theo Điều 5 quy chế mẫu.")
        assert f'href="{self.address(made, "tu-choi")}"' in self.page("dossier:open", made.pk)
        said = self.words(made, "tu-choi")
        for words in (
            "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ",
            f"Ông/bà {NAME}",
            "- Không thuộc thẩm quyền theo Điều 5 quy chế mẫu.",
            "Hồ sơ được trả lại ông/bà",
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
        ):
            assert words in said, words
        assert self.client.get(self.address(made)).status_code == 404, "nobody asked for papers"

    def test_a_step_that_was_taken_back_has_no_sheet(self):
        made = self.asked()
        moves.dossier_undo(dossier=made, actor=self.desk.clerk, reason="Ghi nhầm hồ sơ")
        assert self.client.get(self.address(made)).status_code == 404
        assert self.address(made) not in self.page("dossier:open", made.pk)

    def test_a_sheet_stays_when_the_papers_have_come(self):
        made = self.asked()
        handling.dossier_supply(dossier=made, actor=self.desk.clerk)
        assert "Học bạ bản chính" in self.words(made)

    def test_each_look_is_noted_and_only_the_unit_looks(self):
        made = self.asked()
        seen = LedgerEvent.objects.about("dossier", made.code).filter(verb="dossier.identity_viewed")
        for count, user in enumerate((self.desk.clerk, self.desk.officer, self.desk.leader), start=1):
            self.client.force_login(user)
            self.words(made)
            assert seen.count() == count
        self.client.force_login(self.desk.stranger)
        assert self.client.get(self.address(made)).status_code == 404
        for wrong in (self.address(made, "khac"), self.address(made, kind="exe")):
            assert self.client.get(wrong).status_code == 404
        self.client.logout()
        assert self.client.get(self.address(made)).status_code == 302
        assert seen.count() == 3

    def test_of_whoever_was_erased_it_names_the_code_alone(self):
        made = self.asked()
        DossierApplicant.objects.all().delete()
        said = self.words(made)
        assert f"Người nộp hồ sơ {made.code}" in said
        assert NAME not in said
        made.moves.update(reason="")
        assert self.client.get(self.address(made)).status_code == 404, "its words are erased as well"
