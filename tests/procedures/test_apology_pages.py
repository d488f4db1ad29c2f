"""What everybody reads of the letters of apology, and the screens on which they are made."""

import csv
import io
import json
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import time_machine
from pypdf import PdfReader

from cms.core.models import LedgerEvent
from procedures.enums import ApologyKind, ApologyState
from procedures.models import Apology
from procedures.services.apologies import apology_submit, apology_withdraw
from tests.procedures.late import MAIL, NAME, NEW, NOW, PHONE, SIGNED, LateSite

LIST = "/thu-xin-loi/"
FILES = (LIST, f"{LIST}du-lieu.csv", f"{LIST}du-lieu.json", f"{LIST}atom.xml")
SECRET = "KIN-TRACHNHIEM"


def text_of(response) -> str:
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode()


@time_machine.travel(NOW, tick=False)
class PublicListTest(LateSite):
    def test_dossier_reason_day_and_unit_and_never_the_person(self):
        self.sent(blame_note=SECRET)
        for address in FILES:
            said = text_of(self.client.get(address))
            assert self.dossier.code in said, address
            assert "Trường nơi chuyển đến chưa trả lời." in said, address
            assert [word for word in (NAME, MAIL, PHONE, SECRET, "Lê Văn Mẫu") if word in said] == [], address
        page = text_of(self.client.get(LIST))
        assert "Hẹn lại: 20/03/2026" in page
        assert self.unit.name in page

    def test_drafts_are_nobodys_and_an_empty_list_says_so(self):
        self.approved()
        for address in FILES:
            assert self.dossier.code not in text_of(self.client.get(address))
        assert "Chưa có thư xin lỗi nào" in text_of(self.client.get(LIST))

    def test_what_was_withdrawn_says_why_instead(self):
        apology_withdraw(apology=self.sent(), actor=self.leader, reason="Thư ghi nhầm thủ tục.")
        page = text_of(self.client.get(LIST))
        assert "đã được rút ngày 16/03/2026: Thư ghi nhầm thủ tục." in page
        assert "chưa trả lời" not in page

    def test_the_figures_say_why_dossiers_were_late_while_the_letter_holds(self):
        mistake = self.take("2")
        self.sent(mistake, kind=ApologyKind.MISTAKE, reason="wrong_result", new_due_on=None)
        letter = self.sent()
        figures = "/thong-ke-ho-so/{}?ky=2026-Q1"
        said = json.loads(text_of(self.client.get(figures.format("du-lieu.json"))))
        assert said["late_causes"] == [{"code": "partner", "name": "Chờ cơ quan phối hợp", "letters": 1}]
        rows = csv.DictReader(io.StringIO(text_of(self.client.get(figures.format("du-lieu.csv"))).lstrip("\ufeff")))
        (row,) = [row for row in rows if row["table"] == "late_cause"]
        assert (row["code"], row["late"], row["received"]) == ("partner", "1", "")
        page = text_of(self.client.get(figures.format("")))
        assert "Vì sao quá hạn" in page
        assert f'href="{LIST}?ky=2026-Q1"' in page
        assert "Vì sao quá hạn" not in text_of(self.client.get("/thong-ke-ho-so/?ky=2026-Q2"))
        apology_withdraw(apology=letter, actor=self.leader, reason="Thư ghi nhầm thủ tục.")
        assert json.loads(text_of(self.client.get(figures.format("du-lieu.json"))))["late_causes"] == []

    def test_filters_by_unit_kind_and_period(self):
        self.sent()
        for query, found in (
            ("", True),
            (f"don-vi={self.unit.code}", True),
            ("don-vi=khong-co", False),
            ("loai=mistake", False),
            ("loai=late&ky=2026-Q1", True),
            ("ky=2026-Q2", False),
            ("tu=2026-03-16&den=2026-03-16", True),
            ("loai=%00&don-vi=%27", False),
        ):
            response = self.client.get(f"{LIST}?{query}")
            assert response.status_code == 200, query
            assert (self.dossier.code in response.content.decode()) is found, query
        assert "Không có thư nào khớp" in self.client.get(f"{LIST}?loai=mistake").content.decode()

    def test_a_period_that_cannot_be_is_told_beside_the_form(self):
        response = self.client.get(f"{LIST}?tu=2026-12-01&den=2026-01-01")
        self.assertContains(response, "Ngày đầu phải trước ngày cuối.", status_code=400)
        self.assertContains(response, 'value="2026-12-01"', status_code=400)

    def test_pages_go_on_by_key_and_cost_the_same(self):
        self.sent(kind=ApologyKind.MISTAKE, reason="wrong_result", new_due_on=None)
        with CaptureQueriesContext(connection) as few:
            self.client.get(LIST)
        self.many_rows(45)
        with CaptureQueriesContext(connection) as many:
            page = self.client.get(LIST)
        assert len(many) <= len(few)
        piece = page.context["piece"]
        second = self.client.get(f"{LIST}?sau={piece.after}").context["piece"]
        assert not {row.pk for row in piece.rows} & {row.pk for row in second.rows}
        assert len(second.rows) == 20

    def many_rows(self, count):
        now = timezone.now()
        first = Apology.objects.first()
        Apology.objects.bulk_create(
            Apology(
                **{
                    name: getattr(first, name)
                    for name in ("dossier", "unit", "blamed_unit", "kind", "state", "reason", "author", "approver")
                },
                public_reason=f"Lý do {number}.",
                delivered_at=now - timedelta(days=number),
                delivered_on=timezone.localdate(now - timedelta(days=number)),
            )
            for number in range(1, count)
        )

    def test_data_carries_formula_free_cells_and_dates_in_iso(self):
        self.sent(public_reason="=1+1 là lý do.")
        assert "'=1+1" in text_of(self.client.get(f"{LIST}du-lieu.csv"))
        (item,) = json.loads(text_of(self.client.get(f"{LIST}du-lieu.json")))["items"]
        assert (item["due_on"], item["new_due_on"], item["sent_on"]) == ("2026-03-17", "2026-03-20", "2026-03-16")
        response = self.client.get(f"{LIST}du-lieu.json")
        again = self.client.get(f"{LIST}du-lieu.json", headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304


@time_machine.travel(NOW, tick=False)
class ScreenTest(LateSite):
    def post(self, name, *args, **data):
        return self.client.post(reverse(name, args=args), data)

    def step(self, apology, verb, **data):
        version = Apology.objects.get(pk=apology.pk).version
        return self.post("apology:step", apology.pk, verb, expected_version=version, **data)

    def typed(self, **given):
        return {
            "kind": "late",
            "reason": "partner",
            "public_reason": "Trường nơi chuyển đến chưa trả lời.",
            "new_due_on": f"{NEW:%d/%m/%Y}",
            "blamed_unit": self.unit.pk,
            **given,
        }

    def test_from_the_queue_to_the_public_list_by_its_buttons(self):
        self.client.force_login(self.clerk)
        queue = self.client.get(reverse("apology:index"))
        self.assertContains(queue, self.dossier.code)
        self.assertContains(queue, "16/03/2026")  # the last day for the letter
        self.assertContains(queue, "Cần xác nhận")
        self.assertContains(self.client.get(reverse("apology:write", args=[self.dossier.pk])), "17/03/2026")
        self.post("apology:write", self.dossier.pk, **self.typed())
        apology = Apology.objects.get()
        screen = self.client.get(reverse("apology:open", args=[apology.pk]))
        self.assertContains(screen, "3 ngày làm việc sau ngày hẹn trước")
        self.assertNotContains(screen, NAME)  # who it is, only a look that leaves a trace says
        assert self.step(apology, "submit").status_code == 302
        self.client.force_login(self.leader)
        assert self.step(apology, "approve", **SIGNED, number="7").status_code == 302
        self.client.force_login(self.clerk)
        assert self.step(apology, "deliver", delivery="mail").status_code == 302
        self.assertContains(self.client.get(LIST), self.dossier.code)
        for name in ("dang-soan", "da-gui", "khong-co"):
            assert self.client.get(reverse("apology:index"), {"hang": name}).status_code == 200

    def test_the_dossier_and_the_first_page_ask_for_the_letter_until_it_is_written(self):
        self.client.force_login(self.clerk)
        screen, home = reverse("dossier:open", args=[self.dossier.pk]), reverse("wagtailadmin_home")
        asked = "phải gửi chậm nhất ngày 16/03/2026"
        self.assertContains(self.client.get(screen), asked)
        self.assertContains(self.client.get(home), "cần thư xin lỗi")
        with time_machine.travel("2026-03-18T09:00:00+07:00", tick=False):
            self.client.force_login(self.clerk)
            self.assertContains(self.client.get(screen), "lẽ ra phải gửi chậm nhất ngày 16/03/2026")
        self.client.force_login(self.clerk)
        apology = self.written()
        self.assertNotContains(self.client.get(screen), asked)
        self.assertNotContains(self.client.get(home), "cần thư xin lỗi")
        apology_submit(apology=apology, actor=self.clerk)
        self.assertNotContains(self.client.get(home), "thư xin lỗi chờ duyệt")
        self.client.force_login(self.leader)
        self.assertContains(self.client.get(home), "thư xin lỗi chờ duyệt")
        self.client.force_login(self.stranger)
        self.assertNotContains(self.client.get(home), "thư xin lỗi chờ duyệt")

    def test_what_is_wrong_is_told_beside_its_field_and_the_rest_kept(self):
        self.client.force_login(self.clerk)
        response = self.post("apology:write", self.dossier.pk, **self.typed(new_due_on="21/03/2026"))
        self.assertContains(response, "21/03/2026 là ngày nghỉ", status_code=422)
        self.assertContains(response, "Trường nơi chuyển đến chưa trả lời.", status_code=422)
        assert not Apology.objects.exists()
        for data in ({}, self.typed(kind="x", reason="%00", blamed_unit="x"), self.typed(new_due_on="99/99/9999")):
            assert self.post("apology:write", self.dossier.pk, **data).status_code == 422

    def test_why_words_are_kept_is_asked_only_after_some_were_found(self):
        self.client.force_login(self.clerk)
        asked = "Vì sao giữ chữ giống thông tin riêng"
        self.assertNotContains(self.client.get(reverse("apology:write", args=[self.dossier.pk])), asked)
        own = self.post("apology:write", self.dossier.pk, **self.typed(public_reason=f"Gọi {PHONE} không được."))
        self.assertNotContains(own, asked, status_code=422)  # no reason lets the applicant's own words stand
        number = self.typed(public_reason="Xin gọi số 0987654321 để hỏi.")
        response = self.post("apology:write", self.dossier.pk, **number)
        self.assertContains(response, asked, status_code=422)
        self.assertContains(response, "hãy ghi vì sao giữ lại", status_code=422)
        self.post("apology:write", self.dossier.pk, **number, kept_because="Số của bộ phận Một cửa")
        apology = Apology.objects.get()
        assert apology.kept_because == "Số của bộ phận Một cửa"
        self.assertContains(self.client.get(reverse("apology:edit", args=[apology.pk])), asked)

    def test_an_edit_begins_with_what_is_there_and_a_stale_one_is_told(self):
        apology = self.written()
        self.client.force_login(self.clerk)
        form = self.client.get(reverse("apology:edit", args=[apology.pk]))
        self.assertContains(form, 'value="20/03/2026"')
        self.post("apology:edit", apology.pk, **self.typed(public_reason="Lời mới.", expected_version=1))
        assert Apology.objects.get().public_reason == "Lời mới."
        stale = self.post("apology:edit", apology.pk, **self.typed(public_reason="Lời cũ.", expected_version=1))
        self.assertContains(stale, "Người khác vừa sửa thư này", status_code=409)
        self.assertContains(stale, "Lời cũ.", status_code=409)

    def test_a_step_that_cannot_be_taken_says_why_and_keeps_the_words(self):
        apology = self.sent()
        self.client.force_login(self.leader)
        response = self.step(apology, "withdraw", reason=f"Nhầm với {NAME}")
        self.assertContains(response, "giống thông tin riêng", status_code=422)
        self.assertContains(response, f"Nhầm với {NAME}", status_code=422)
        assert self.step(apology, "submit").status_code == 422
        assert self.step(apology, "khong-co").status_code == 404

    def test_the_letter_is_downloaded_with_a_trace(self):
        apology = self.approved()
        self.client.force_login(self.clerk)
        sheet = self.client.get(reverse("apology:file", args=[apology.pk, "pdf"]))
        assert NAME in PdfReader(io.BytesIO(sheet.content)).pages[0].extract_text()
        assert "no-store" in sheet.headers["Cache-Control"]
        assert self.client.get(reverse("apology:file", args=[apology.pk, "docx"])).content[:2] == b"PK"
        assert self.client.get(reverse("apology:file", args=[apology.pk, "exe"])).status_code == 404
        looks = LedgerEvent.objects.about("dossier", self.dossier.code).filter(verb="dossier.identity_viewed")
        assert looks.count() == 2

    def test_another_unit_finds_nothing_at_all(self):
        apology = self.approved()
        self.client.force_login(self.stranger)
        self.assertNotContains(self.client.get(reverse("apology:index"), {"hang": "cho-gui"}), self.dossier.code)
        self.assertNotContains(self.client.get(reverse("apology:index")), self.dossier.code)
        for name, args in (
            ("apology:open", [apology.pk]),
            ("apology:edit", [apology.pk]),
            ("apology:file", [apology.pk, "pdf"]),
            ("apology:write", [self.dossier.pk]),
        ):
            assert self.client.get(reverse(name, args=args)).status_code == 404
        assert self.step(apology, "deliver", delivery="hand").status_code == 404
        self.client.force_login(self.clerk)
        self.step(apology, "return", note="x")
        assert Apology.objects.get().state == ApologyState.APPROVED
