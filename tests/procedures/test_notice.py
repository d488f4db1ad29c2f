"""The public notice on paper, and the list in other sites' frames: what they say, for whom, and what they cost."""

import io
from datetime import timedelta
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from cms.core.models import Unit
from cms.core.services.limits import LIMITS, Limit
from cms.core.services.units import unit_save
from procedures.factories import many_procedures, procedure, way
from procedures.models import ProcedureBasis, ProcedurePlace, ReceivingPlace, SourceDifference
from tests.procedures.portal import LIST, ProcedureSite

NOTICE = f"{LIST}niem-yet/"


def words_of(page):
    return " ".join(page.extract_text().split())


class NoticeTest(ProcedureSite):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.other = ReceivingPlace.objects.create(name="Quầy phường", address="Số 2")
        cls.second = procedure(
            cls.index,
            "9.000021",
            title="Cấp bản sao bằng",
            field="Văn bằng",
            ways=[way(unit="session", quantity=None, audience_note="ngoài tỉnh")],
            places=[ProcedurePlace(place=cls.other)],
            bases=[ProcedureBasis(number="6/2026/NĐ-MAU")],
            post_returns=True,
        )
        procedure(cls.index, "9.000090", title="Thủ tục đã bỏ", state="abolished")

    def pdf(self, query=""):
        answer = self.client.get(f"{LIST}niem-yet.pdf{query}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        return answer, PdfReader(io.BytesIO(answer.content))

    def test_every_procedure_in_force_has_its_page_its_code_and_its_line_in_the_contents(self):
        answer, paper = self.pdf()
        first = words_of(paper.pages[0])
        assert "Mục lục" in first
        for page in (self.page, self.second):
            place = next(n for n, each in enumerate(paper.pages) if n and page.title in words_of(each))
            assert f"{page.code} – {page.title} {place + 1}" in first
            assert f"{place + 1} / {len(paper.pages)}" in words_of(paper.pages[place])
            assert len(paper.pages[place].images) == 1, "the QR code"
        last = words_of(paper.pages[-1])
        assert "Niêm yết thủ tục hành chính, ngày" in last, "the running head"
        body = " ".join(map(words_of, paper.pages))
        for words in ("Mọi", "Ngoài tỉnh", "20.000 đồng", "Dịch vụ công cũ", "trả ngay trong buổi", "6/2026/NĐ-MAU"):
            assert words in body or words == "Mọi", words
        assert "Thủ tục đã bỏ" not in body
        assert "bí mật" not in body
        again = self.client.get(f"{LIST}niem-yet.pdf", headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304

    def test_words_of_a_record_are_sentences(self):
        """A list of values with dashes between says nothing to who reads it on a wall."""
        self.second.audiences = ",cong-dan,kieu-bao,"
        self.second.post_receives, self.second.post_note = True, "Gửi bảo đảm."
        self.second.differences = [
            SourceDifference(what="Thời hạn", here="3 ngày", elsewhere="5 ngày", source="cổng cũ")
        ]
        self.second.save_revision().publish()
        _answer, paper = self.pdf(f"?noi={self.other.pk}")
        body = words_of(paper.pages[1])
        for words in (
            "Công dân Việt Nam, Người Việt Nam định cư ở nước ngoài",
            "Thời hạn: ở đây ghi “3 ngày”; cổng cũ ghi “5 ngày”.",
            "Nhận hồ sơ, trả kết quả. Gửi bảo đảm.",
        ):
            assert words in body, words

    def test_a_place_says_when_it_is_open_and_its_telephone(self):
        """Who stands before the wall, or holds the page in the hand, must know when to come and whom to call."""
        ReceivingPlace.objects.filter(pk=self.other.pk).update(hours="Sáng 7h30\nChiều 13h", phone="0299 382 1234")
        _answer, paper = self.pdf(f"?noi={self.other.pk}")
        said = "Quầy phường – Số 2 – giờ làm việc: Sáng 7h30, Chiều 13h – điện thoại: 0299 382 1234"
        assert said in words_of(paper.pages[1])
        assert said in self.body(f"{NOTICE}?noi={self.other.pk}")
        page = BeautifulSoup(self.body(self.second.url), "html.parser")
        shown = page.find(id="noi-tiep-nhan").parent.get_text(" ", strip=True)
        assert "Sáng 7h30 Chiều 13h Điện thoại: 0299 382 1234" in shown
        assert page.find("a", href="tel:02993821234")

    def test_on_a3_the_same_stands_larger(self):
        _answer, small = self.pdf("?cap=cap-xa")
        _answer, large = self.pdf("?cap=cap-xa&kho=a3")
        assert [round(float(side)) for side in large.pages[0].mediabox[2:]] == [842, 1191]
        assert len(small.pages) == len(large.pages)

    def test_one_place_one_level_one_field(self):
        for query, codes in (
            ("", ["9.000001", "9.000021"]),
            (f"?noi={self.other.pk}", ["9.000021"]),
            ("?cap=cap-tinh", ["9.000001"]),
            (f"?linh-vuc={self.second.field_id}", ["9.000021"]),
            ("?cap=cap-bo", []),
            ("?noi=abc&cap=%00&kho=a9", ["9.000001", "9.000021"]),
        ):
            answer = self.client.get(NOTICE + query)
            assert answer.status_code == 200
            assert sorted(row["ma_thu_tuc"] for row in answer.context["records"]) == codes, query
            _answer, paper = self.pdf(query)
            assert len(paper.pages) == 1 + len(codes)
        body = self.body(f"{NOTICE}?noi={self.other.pk}")
        assert "Quầy phường – Số 2" in body
        assert body.count('class="qr"') == 1
        assert "Trả kết quả" in body
        assert f"niem-yet.pdf?noi={self.other.pk}&amp;kho=a3" in body

    def test_a_contents_list_that_fills_pages_counts_right(self):
        many_procedures(self.index, 40)
        _answer, paper = self.pdf()
        assert len(paper.pages) == 2 + 42
        contents = " ".join(words_of(page) for page in paper.pages[:2])
        assert f"{self.second.title} 3" in contents
        assert "Thủ tục thứ" in words_of(paper.pages[-1])
        assert f" {len(paper.pages)}" in contents

    def test_making_it_is_limited_and_reading_it_is_not(self):
        known, _paper = self.pdf()
        with mock.patch.dict(LIMITS, {"procedures_notice": Limit(2, timedelta(minutes=10))}):
            assert self.client.get(f"{LIST}niem-yet.pdf?cap=cap-bo").status_code == 200
            assert self.client.get(f"{LIST}niem-yet.pdf?cap=cap-bo").status_code == 429
        again = self.client.get(f"{LIST}niem-yet.pdf", headers={"if-none-match": known["ETag"]})
        assert again.status_code == 304

    def test_it_costs_the_same_for_few_and_many(self):
        costs = []
        self.client.get(NOTICE)
        for count in (2, 6):
            for number in range(count):
                code = f"9.7{count:02d}{number:03d}"
                place = ReceivingPlace.objects.create(name=code, address="1")
                procedure(
                    self.index,
                    code,
                    field="Văn bằng",
                    ways=[way()],
                    places=[ProcedurePlace(place=place)],
                    bases=[ProcedureBasis(number=code, cited_page=self.page)],
                )
            with CaptureQueriesContext(connection) as queries:
                self.client.get(NOTICE)
            costs.append(len(queries))
        assert costs[0] == costs[1] <= 60


class FrameTest(ProcedureSite):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        unit_save(code="TH-MOT", name="Trường Một", kind="primary", parent=Unit.objects.get(parent=None))
        cls.school = Unit.objects.get(code="TH-MOT")
        procedure(cls.index, "9.000031", title="Chỉ cho tổ chức", audiences=",to-chuc,")

    def frame(self, query=""):
        return self.client.get(f"{LIST}nhung/{self.school.slug}/{query}")

    def test_only_the_sites_of_the_unit_may_frame_it(self):
        rules = dict(rule.split(" ", 1) for rule in self.frame()["Content-Security-Policy"].split("; ") if " " in rule)
        assert rules["frame-ancestors"] == "'none'"
        unit_save(code="TH-MOT", embed_sites="https://mot.example.vn")
        answer = self.frame()
        assert "frame-ancestors https://mot.example.vn" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        assert not answer.cookies
        assert self.client.get(f"{LIST}nhung/khong-co/").status_code == 404

    def test_it_is_narrowed_by_its_address_and_leads_back(self):
        shown = [page.code for page in self.frame("?doi-tuong=cong-dan").context["procedure_page"]]
        assert shown == ["9.000001"]
        body = self.frame("?doi-tuong=cong-dan").content.decode()
        assert f'<a href="{self.page.url}">' in body
        assert f'href="{LIST}?doi-tuong=cong-dan"' in body
        assert '<base target="_blank">' in body
        assert "bí mật" not in body
        assert "Chưa có thủ tục nào khớp" in self.frame("?cap=cap-bo").content.decode()

    def test_the_lines_to_paste_are_made_for_who_asks(self):
        how = f"{LIST}nhung/"
        assert "Chưa trang nào được phép" in self.body(how)
        unit_save(code="TH-MOT", embed_sites="https://mot.example.vn")
        body = self.body(f"{how}?don-vi={self.school.slug}&cap=cap-xa")
        snippet = BeautifulSoup(body, "html.parser").select_one("#doan-ma").get_text()
        frame = BeautifulSoup(snippet, "html.parser").iframe
        assert frame["src"].endswith(f"{LIST}nhung/{self.school.slug}/?cap=cap-xa")
        assert frame["title"]
        assert f"{LIST}du-lieu.csv?cap=cap-xa" in body
        assert self.client.get(f"{how}?don-vi=khong-co&cap=%00").status_code == 200

    def test_the_files_and_the_api_are_narrowed_the_same(self):
        for query, codes in (("?doi-tuong=to-chuc", ["9.000031"]), ("?cap=cap-tinh", ["9.000001"])):
            told = self.client.get(f"{LIST}du-lieu.json{query}").json()
            assert [row["code"] for row in told["items"]] == codes
            assert told["url"].endswith(f"{LIST}{query}")
            assert [row["code"] for row in self.client.get(f"/api/v1/thu-tuc/{query}").json()["items"]] == codes
            lines = self.client.get(f"{LIST}du-lieu.csv{query}").getvalue().decode("utf-8-sig").splitlines()
            assert len(lines) == 1 + len(codes)
        field = self.page.field_id
        assert len(self.client.get(f"/api/v1/thu-tuc/?linh-vuc={field}").json()["items"]) == 2
        wrong = self.client.get("/api/v1/thu-tuc/?cap=cap-thon")
        assert wrong.status_code == 400
        assert "cap-xa" in wrong.json()["error"]


@pytest.mark.django_db
def test_an_empty_portal_has_an_empty_notice(client, site_tree):
    assert "Không có thủ tục nào đang có hiệu lực" in client.get(NOTICE).content.decode()
    answer = client.get(f"{LIST}niem-yet.pdf")
    assert f"{timezone.localdate():%d/%m/%Y}" in words_of(PdfReader(io.BytesIO(answer.content)).pages[0])
