"""The screens of the one-stop desk: quick entry, lists, search, one dossier, receipt; and who may not."""

import io
from datetime import date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pypdf import PdfReader

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from procedures import factories
from procedures.enums import DossierState
from procedures.factories import procedure, way
from procedures.models import Dossier, DossierSettings, ProcedureIndexPage
from procedures.services import handling
from tests.officers import make_officer
from tests.procedures.desk import NAME, PHONE
from tests.procedures.test_dossiers import MONDAY, DeskCase

ENTRY = {"name": NAME, "phone": "0934 567 890", "channel": "direct", "return_channel": "direct", "received": "on"}


class ScreenCase(DeskCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.desk.clerk)

    def key(self, **changes):
        data = {**ENTRY, "procedure": "chuyen truong", "unit": self.desk.unit.pk, "form": "mot", **changes}
        return self.client.post(reverse("dossier:entry"), data)

    def step(self, made, verb, **data):
        version = Dossier.objects.get(pk=made.pk).version
        return self.client.post(reverse("dossier:step", args=[made.pk, verb]), {"expected_version": version, **data})

    def page(self, name, *args, query="", status=200):
        response = self.client.get(reverse(name, args=args) + query)
        assert response.status_code == status
        return response.content.decode()


class EntryTests(ScreenCase):
    def test_words_without_marks_and_a_name_are_enough(self):
        response = self.key(next="1")
        made = Dossier.objects.get()
        assert response["Location"].startswith(reverse("dossier:entry") + "?channel=direct")
        assert (made.state, made.due_on) == (DossierState.RECEIVED, date(2026, 12, 3))
        assert (made.applicant.phone, made.receiver) == (PHONE, self.desk.clerk)
        page = self.client.get(response["Location"]).content.decode()
        assert f"Đã ghi hồ sơ {made.code}, hẹn trả 03/12/2026." in page

    def test_the_same_form_twice_is_one_dossier(self):
        self.key()
        self.key()
        assert Dossier.objects.count() == 1

    def test_words_that_fit_several_procedures_ask_which(self):
        other = procedure(ProcedureIndexPage.objects.get(), "9.000102", title="Chuyển trường tiểu học", ways=[way()])
        page = self.key()
        assert (page.status_code, Dossier.objects.count()) == (422, 0)
        assert "9.000102 – Chuyển trường tiểu học" in page.content.decode()
        assert NAME in page.content.decode()
        self.key(chosen=other.pk)
        assert Dossier.objects.get().procedure_code == "9.000102"
        self.key(form="hai", procedure="9.000101 – Chuyển trường trung học phổ thông")
        assert Dossier.objects.count() == 2

    def test_a_procedure_with_several_times_asks_for_whom(self):
        rows = [way(quantity=24, unit="hour", audience_note="người ngoài tỉnh"), way(quantity=5)]
        page = procedure(ProcedureIndexPage.objects.get(), "9.000103", title="Cấp bản sao", ways=rows)
        body = self.key(procedure="9.000103").content.decode()
        assert "người ngoài tỉnh" in body
        self.key(procedure="9.000103", way=page.ways.get(unit="hour").pk)
        made = Dossier.objects.get()
        assert (made.due_on, made.due_time.hour) == (date(2026, 12, 1), 9)

    def test_what_cannot_be_is_said_beside_its_field_and_the_rest_is_kept(self):
        for field, typed, words in (
            ("procedure", "không có đâu", "Không có thủ tục nào"),
            ("name", "", "Hãy điền mục này"),
            ("phone", "12", "Số điện thoại chưa đúng"),
            ("filed", "31/12/2026", "không thể ở tương lai"),
            ("filed", "32/01/2026", "Lịch không có ngày"),
            ("due_on", "01/11/2026", "không thể trước ngày nộp"),
            ("unit", self.desk.other.pk, ""),
            ("channel", "chim", ""),
        ):
            response = self.key(**{field: typed})
            assert response.status_code == 422, field
            assert words in response.content.decode(), field
            assert "0934 567 890" in response.content.decode() or field == "phone"
        assert not Dossier.objects.exists()

    def test_what_came_from_afar_waits_to_be_taken_in(self):
        self.key(channel="online", received="", filed="27/11/2026 20:15")
        made = Dossier.objects.get()
        assert (made.state, made.received_at) == (DossierState.REGISTERED, None)
        body = self.page("dossier:open", made.pk)
        assert "2 ngày làm việc" in body
        response = self.step(made, "receive", way=self.desk.page.ways.get(channel="online").pk)
        assert response.status_code == 302
        made.refresh_from_db()
        assert made.due_on == date(2026, 12, 2)

    def test_the_picker_offers_codes_and_names_without_marks(self):
        for typed in ("chuyen truong pho", "9.0001", "CHUYỂN trường"):
            found = self.client.get(reverse("dossier:pick"), {"q": typed}).json()["procedures"]
            assert found[0]["text"] == "9.000101 – Chuyển trường trung học phổ thông"
            assert "3 ngày làm việc" in found[0]["time"]
        assert self.client.get(reverse("dossier:pick"), {"q": "x"}).json() == {"procedures": []}

    def test_the_receipt_is_a5_and_leads_to_the_look_up(self):
        made = self.taken(papers="Đơn xin chuyển\nHọc bạ", address="Số 1 phố Mẫu")
        assert "Học bạ" in self.page("dossier:receipt", made.pk)
        response = self.client.get(reverse("dossier:receipt_file", args=[made.pk]))
        assert "no-store" in response["Cache-Control"]
        pdf = PdfReader(io.BytesIO(response.content))
        assert len(pdf.pages) == 1
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [420, 595]
        text = " ".join(pdf.pages[0].extract_text().split())
        assert all(words in text for words in (made.code, NAME, "1. Đơn xin chuyển", "03/12/2026"))
        assert f"/tra-cuu-ho-so/?ma={made.code}" in text.replace(" ", "")


class ListTests(ScreenCase):
    def test_each_queue_holds_what_it_says(self):
        made = {
            state: factories.dossier_in(state, self.desk.page, self.desk.unit, self.desk.clerk)
            for state in DossierState
        }
        today, late, soon = self.taken(), self.taken(), self.taken()
        for dossier, day in ((today, 30), (late, 27)):
            Dossier.objects.filter(pk=dossier.pk).update(due_on=date(2026, 11, day))
        Dossier.objects.filter(pk=soon.pk).update(due_on=date(2026, 12, 2))
        S = DossierState
        for queue, wanted, absent in (
            ("", made[S.NEED_PAYMENT], made[S.RETURNED]),
            ("today", today, soon),
            ("soon", soon, late),
            ("late", late, today),
            ("registered", made[S.REGISTERED], made[S.RECEIVED]),
            ("waiting", made[S.NEED_SUPPLEMENT], made[S.RECEIVED]),
            ("result", made[S.WITH_POST], made[S.RETURNED]),
            ("all", made[S.STOPPED], None),
        ):
            body = self.page("dossier:index", query=f"?queue={queue}")
            assert wanted.code in body, queue
            assert absent is None or absent.code not in body, queue

    def test_the_home_page_of_the_admin_greets_the_desk_and_nobody_else(self):
        late = self.taken()
        Dossier.objects.filter(pk=late.pk).update(due_on=date(2026, 11, 27))
        assert "<strong>1</strong> quá hạn" in self.page("wagtailadmin_home")
        self.client.force_login(self.desk.stranger)
        assert "<strong>0</strong> quá hạn" in self.page("wagtailadmin_home")

    def test_found_by_code_words_name_and_phone_and_people_leave_a_trace(self):
        made, other = self.taken(), self.taken(name="Phan Văn Cò", phone="0911222333")
        looked = LedgerEvent.objects.filter(verb="dossier.applicant_searched")
        for typed, people in ((made.code, 0), ("chuyen truong", 0), ("luong thi chim yen", 1), ("0934.567.890", 2)):
            body = self.page("dossier:index", query=f"?q={typed}")
            assert made.code in body, typed
            assert looked.count() == people
        assert other.code not in body

    def test_the_list_of_everything_goes_on_by_key_and_costs_the_same(self):
        for _turn in range(3):
            self.taken()
        url = reverse("dossier:index") + "?queue=all"
        self.client.get(url)
        few = self._queries(url)
        for minute in range(60):
            self.clock.move_to(datetime(2026, 11, 30, 10, minute, tzinfo=MONDAY.tzinfo))
            self.taken()
        assert self._queries(url) <= few + 1  # whether there is a next piece
        first = self.page("dossier:index", query="?queue=all")
        following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        second = self.client.get(following).content.decode()
        codes = set(Dossier.objects.values_list("code", flat=True))
        seen = [{code for code in codes if code in page} for page in (first, second)]
        assert (len(seen[0]), seen[0] & seen[1], seen[0] | seen[1]) == (50, set(), codes)

    def _queries(self, url):
        with CaptureQueriesContext(connection) as found:
            self.client.get(url)
        return len(found)

    def test_another_unit_sees_nothing(self):
        made = self.taken()
        self.client.force_login(self.desk.stranger)
        assert made.code not in self.page("dossier:index", query="?queue=all")
        assert "Không có hồ sơ nào hợp" in self.page("dossier:index", query=f"?q={made.code}")
        for name in ("dossier:open", "dossier:receipt", "dossier:receipt_file"):
            self.page(name, made.pk, status=404)
        for verb in ("start", "contact", "undo", "correct", "step-advance"):
            assert self.step(made, verb, words="x", number=1).status_code == 404
        self.client.force_login(self.desk.officer)
        assert self.client.get(reverse("dossier:entry")).status_code == 302  # sent to the admin's home with a word
        assert self.step(made, "return").status_code in {302, 403, 422}
        made.refresh_from_db()
        assert made.state == DossierState.RECEIVED


class SettingsTests(ScreenCase):
    def test_the_administrator_decides_and_a_pattern_that_fails_is_said_beside_its_field(self):
        url = reverse("wagtailsettings:edit", args=["procedures", "dossiersettings"])
        assert self.client.get(url, follow=True).redirect_chain  # the clerk is sent away
        self.client.force_login(make_officer(Role.ADMIN, username="quantri-mot"))
        page = self.client.get(url, follow=True)
        form = page.context["form"]
        data = {name: "" if value is None else value for name, value in form.initial.items()}
        data = {name: value for name, value in data.items() if value is not False}
        said = self.client.post(page.request["PATH_INFO"], {**data, "code_pattern": "H26-{số}"}).content.decode()
        assert "Mẫu phải có {ngày} và {số}" in said
        assert "Nghị định 61/2018/NĐ-CP" in said
        self.client.post(page.request["PATH_INFO"], {**data, "code_pattern": "H26.12-{ngày}-{số}"})
        assert DossierSettings.load().code_pattern == "H26.12-{ngày}-{số}"


class ScreenTests(ScreenCase):
    def test_the_whole_way_by_buttons(self):
        made = self.taken()
        for verb, data, state in (
            ("start", {}, DossierState.IN_PROGRESS),
            ("ask", {"words": "Học bạ"}, DossierState.NEED_SUPPLEMENT),
            ("supply", {}, DossierState.RECEIVED),
            ("charge", {"words": "Lệ phí"}, DossierState.NEED_PAYMENT),
            ("pay", {}, DossierState.IN_PROGRESS),
            ("complete", {}, DossierState.COMPLETED),
            ("notify", {}, DossierState.COMPLETED),
            ("undo", {"words": "Chưa gọi được"}, DossierState.COMPLETED),
            ("post", {"number": "EE1"}, DossierState.WITH_POST),
            ("return", {}, DossierState.RETURNED),
        ):
            body = self.page("dossier:open", made.pk)
            assert f'id="step-{verb}"' in body, verb
            assert verb != "ask" or "kể từ khi nhận. Nghị định 61/2018" in body
            assert self.step(made, verb, **data).status_code == 302, verb
            made.refresh_from_db()
            assert made.state == state
        assert made.notified_at is None
        body = self.page("dossier:open", made.pk)
        assert "Lấy lại bước vừa làm" in body
        assert "Ngày hẹn này được tính thế nào" in body

    def test_a_refusal_keeps_what_was_typed(self):
        made = self.taken()
        response = self.step(made, "refuse", words="")
        assert response.status_code == 422
        url = reverse("dossier:step", args=[made.pk, "refuse"])
        response = self.client.post(url, {"expected_version": 1, "words": "Thiếu chữ ký của cha"})
        assert response.status_code == 409
        assert "Thiếu chữ ký của cha" in response.content.decode()
        handling.dossier_withdraw(dossier=made, actor=self.desk.clerk)
        response = self.step(made, "refuse", words="Thiếu chữ ký của mẹ")
        assert response.status_code == 422
        assert "Thiếu chữ ký của mẹ" in response.content.decode()
        assert self.step(made, "chim").status_code == 404

    def test_contacts_show_after_a_press_that_leaves_a_trace_and_can_be_put_right(self):
        made = self.taken()
        assert PHONE not in self.page("dossier:open", made.pk)
        body = self.step(made, "contact").content.decode()
        assert PHONE in body
        assert LedgerEvent.objects.filter(verb="dossier.identity_viewed", subject_key=made.code).count() == 1
        response = self.step(made, "correct", name="Lương Thị Yến", phone=PHONE, email="", address="", papers="Đơn")
        assert response.status_code == 302
        made.refresh_from_db()
        assert (made.applicant.name, made.papers) == ("Lương Thị Yến", "Đơn")
        event = LedgerEvent.objects.get(verb="dossier.corrected")
        assert event.data == {"fields": ["name", "email", "papers"]}

    def test_inner_steps_by_buttons(self):
        made = self.taken()
        assert "Thẩm định" in self.page("dossier:open", made.pk)
        assert self.step(made, "step-advance", number=1).status_code == 302
        assert self.step(made, "step-advance", number=7).status_code == 422
        assert self.step(made, "step-reopen", number=1).status_code == 302
        assert made.steps.filter(started_at=None).count() == 2
