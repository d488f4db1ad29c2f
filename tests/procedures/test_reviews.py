"""Reviewing procedures: written down, changed, taken away and put back, counted by year, printed, taken as a file."""

import csv
import io
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from pypdf import PdfReader

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.demo.registry import SampleFile
from cms.demo.services.papers import sample_paper
from procedures.factories import procedure
from procedures.models import ProcedurePage, ProcedureReview, ReviewYear, SampleDossier
from procedures.services import review_remove, review_restore, review_save, review_year_save
from tests.officers import make_officer
from tests.procedures.portal import LIST, ProcedureSite

ADMIN = "/quan-tri/ra-soat-thu-tuc/"
YEARS = "/quan-tri/chi-tieu-ra-soat/"


class ReviewTest(ProcedureSite):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.editor = make_officer(Role.EDITOR)

    def review(self, **facts):
        given = {"year": 2026, "problem": "Học bạ phải nộp hai lần", "proposal": "cut_paper", "target": "Học bạ"}
        return review_save(review=None, procedure=self.page, actor=self.editor, **given | facts)

    def form(self, **facts):
        given = {"procedure": self.page.pk, "year": "2026", "problem": "Hai lần", "proposal": "cut_days"}
        given |= {"amount_now": "25", "amount_proposed": "15", "state": "found", "target": "", "reason": ""}
        return {**given, "sent_with": "", "result": "", **facts}

    def test_an_officer_writes_it_down_changes_it_takes_it_away_and_puts_it_back(self):
        self.client.force_login(self.editor)
        assert self.client.post(f"{ADMIN}new/", self.form()).status_code == 302
        review = ProcedureReview.objects.get()
        assert (review.code, review.name, review.created_by) == ("9.000001", self.page.title, self.editor)
        assert review.words == "Rút ngắn thời hạn: 25 → 15 ngày"
        changed = self.form(state="accepted", sent_with="12/TTr-MAU", result="Đồng ý từ 2027")
        assert self.client.post(f"{ADMIN}edit/{review.pk}/", changed).status_code == 302
        body = self.client.get(ADMIN).content.decode()
        for words in ("9.000001", "25 → 15 ngày", "Được chấp thuận"):
            assert words in body
        assert self.client.post(f"{ADMIN}delete/{review.pk}/").status_code == 302
        assert "25 → 15" not in self.client.get(ADMIN).content.decode()
        assert self.client.get(f"{ADMIN}edit/{review.pk}/").status_code == 404
        removed = self.client.get(f"{ADMIN}?removed=true").content.decode()
        assert f"{ADMIN}lay-lai/{review.pk}/" in removed
        assert "Lấy lại</button>" in self.client.get(f"{ADMIN}lay-lai/{review.pk}/").content.decode()
        self.client.post(f"{ADMIN}lay-lai/{review.pk}/")
        assert "25 → 15" in self.client.get(ADMIN).content.decode()
        verbs = LedgerEvent.objects.filter(subject_type="procedure_review").order_by("seq")
        assert [event.verb.partition(".")[2] for event in verbs] == ["saved", "saved", "removed", "restored"]

    def test_what_is_missing_is_told_beside_its_field_and_nothing_is_stored(self):
        self.client.force_login(self.editor)
        for facts, field in (
            ({"proposal": "cut_paper"}, "target"),
            ({"amount_now": ""}, "amount_now"),
            ({"amount_proposed": ""}, "amount_proposed"),
            ({"amount_proposed": "25"}, "amount_proposed"),
            ({"state": "accepted", "sent_with": "1/TTr"}, "result"),
            ({"state": "sent"}, "sent_with"),
            ({"procedure": ""}, "procedure"),
            ({"year": "1900"}, "year"),
            ({"problem": ""}, "problem"),
        ):
            answer = self.client.post(f"{ADMIN}new/", self.form(**facts))
            assert answer.status_code == 200, facts
            assert list(answer.context["form"].errors) == [field], facts
        assert not ProcedureReview.objects.exists()

    def test_the_record_outlives_the_page_and_may_still_be_changed(self):
        review = self.review()
        ProcedurePage.objects.get(pk=self.page.pk).delete()
        review.refresh_from_db()
        assert (review.procedure, review.code, review.name) == (None, "9.000001", self.page.title)
        self.client.force_login(self.editor)
        form = self.form(procedure="", problem="Nay đã bỏ")
        assert self.client.post(f"{ADMIN}edit/{review.pk}/", form).status_code == 302
        review.refresh_from_db()
        assert (review.problem, review.code) == ("Nay đã bỏ", "9.000001")

    def test_only_those_whom_the_matrix_names_write_and_only_those_it_names_read(self):
        review = self.review()
        stranger, reader = make_officer(Role.HANDLER), make_officer(Role.REPORTER)
        for actor in (stranger, reader):
            for call in (
                lambda actor=actor: self_save(review, actor),
                lambda actor=actor: review_remove(review=review, actor=actor),
                lambda actor=actor: review_restore(review=review, actor=actor),
                lambda actor=actor: review_year_save(plan=None, actor=actor, year=2026, basis="x"),
            ):
                with pytest.raises(PermissionDenied):
                    call()
        self.client.force_login(reader)
        assert "Học bạ" in self.client.get(ADMIN).content.decode()
        assert self.client.get(f"{YEARS}bao-cao/2026.pdf").status_code == 200
        assert self.client.get(f"{ADMIN}edit/{review.pk}/").status_code in {302, 403}
        self.client.force_login(stranger)
        for address in (ADMIN, YEARS, f"{YEARS}bao-cao/2026.pdf", f"{ADMIN}lay-lai/{review.pk}/"):
            assert self.client.get(address).status_code in {302, 403}, address

    def test_a_record_that_somebody_took_away_is_not_changed_behind_their_back(self):
        review = self.review()
        review_remove(review=review, actor=self.editor)
        with pytest.raises(ValidationError, match="đã được bỏ"):
            self_save(review, self.editor)
        assert review_remove(review=review, actor=self.editor).removed_at
        assert LedgerEvent.objects.filter(verb="procedure_review.removed").count() == 1

    def test_the_file_and_the_paper_say_what_the_list_says(self):
        self.review(problem="=HYPERLINK(1)", reason="Trùng dữ liệu dân cư")
        self.review(proposal="cut_fee", amount_now=50000, amount_proposed=20000, target="")
        self.review(year=2025, problem="Năm ngoái")
        self.client.force_login(self.editor)
        answer = self.client.get(f"{ADMIN}?export=csv&year=2026")
        rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
        assert [row["Kiến nghị"] for row in rows] == [
            "Giảm phí, lệ phí: 50.000 → 20.000 đồng",
            "Bỏ bớt giấy tờ: Học bạ",
        ]
        assert rows[1]["Vướng mắc"].startswith("'=")
        paper = self.client.get(f"{YEARS}bao-cao/2026.pdf").content
        text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper)).pages)
        for words in (
            "năm 2026",
            "9.000001",
            "Bỏ bớt giấy tờ: Học bạ",
            "Trùng dữ liệu dân cư",
            "1 thủ tục, chưa có chỉ tiêu",
        ):
            assert words in text, words
        assert "Năm ngoái" not in text
        empty = self.client.get(f"{YEARS}bao-cao/2030.pdf")
        assert empty.status_code == 200
        assert self.client.get(f"{YEARS}bao-cao/1.pdf").status_code == 404

    def test_the_list_costs_the_same_for_few_and_many(self):
        self.client.force_login(self.editor)
        costs = []
        for count in (2, 10):
            for number in range(count):
                self.review(problem=f"{count} {number}", year=2010 + number)
                review_year_save(
                    plan=ReviewYear.objects.of_year(2010 + number), actor=self.editor, year=2010 + number, basis="KH"
                )
            for address in (ADMIN, YEARS):
                self.client.get(address)
                with CaptureQueriesContext(connection) as queries:
                    self.client.get(address)
                costs.append(len(queries))
        assert costs[:2] == costs[2:]


def self_save(review, actor):
    return review_save(review=review, procedure=None, actor=actor, problem="Khác")


class SampleTest(ProcedureSite):
    def sampled(self, code, year):
        file = sample_paper(SampleFile(f"Hồ sơ mẫu {code}"), 1)
        type(file).objects.filter(pk=file.pk).update(
            created_at=datetime(year, 5, 1, tzinfo=timezone.get_current_timezone())
        )
        return procedure(self.index, code, samples=[SampleDossier(document=file, case_name="Trong tỉnh")])

    def test_n_of_30_is_counted_by_year_and_the_30_is_data(self):
        editor, now = make_officer(Role.EDITOR), timezone.localdate().year
        for code, year in (("9.000041", now - 1), ("9.000042", now), ("9.000043", now)):
            self.sampled(code, year)
        procedure(self.index, "9.000044", live=False)
        shown = self.body(f"{LIST}ho-so-mau/")
        assert f"Năm {now}: 3 thủ tục đã có hồ sơ mẫu." in shown
        for year in (now - 1, now):
            review_year_save(plan=None, actor=editor, year=year, samples_planned=30, basis="Kế hoạch 21/KH")
        shown = self.body(f"{LIST}ho-so-mau/")
        assert "3 trên 30 thủ tục đã có hồ sơ mẫu (chỉ tiêu theo Kế hoạch 21/KH)" in shown
        assert shown.count("Trong tỉnh") == 3
        self.client.force_login(editor)
        years = "".join(self.client.get(YEARS).content.decode().split())
        assert ">3/30<" in years
        assert ">1/30<" in years
        assert "Báo cáo (PDF)" in self.client.get(YEARS).content.decode()
        with pytest.raises(ValidationError):
            review_year_save(plan=None, actor=editor, year=now, basis="Hai lần")

    def test_the_list_of_samples_costs_the_same_for_few_and_many(self):
        assert "Chưa có hồ sơ mẫu nào" in self.body(f"{LIST}ho-so-mau/")
        costs = []
        for count in (2, 6):
            for number in range(count):
                self.sampled(f"9.0{count:02d}{number:03d}", 2026)
            self.client.get(f"{LIST}ho-so-mau/")
            with CaptureQueriesContext(connection) as queries:
                self.client.get(f"{LIST}ho-so-mau/")
            costs.append(len(queries))
        assert costs[0] == costs[1]
