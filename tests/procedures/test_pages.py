"""A procedure's page, its list, its checklist, and the fixed addresses: what readers see, and what they never do."""

import csv
import io
import json
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from cms.core.enums import Role
from cms.core.search import search
from cms.home.models import HomePage
from cms.official_documents.factories import document
from cms.official_documents.models import AnnouncedProcedure, OfficialDocumentIndexPage
from cms.pages.models import StandardPage
from procedures.factories import procedure, way
from procedures.models import (
    ProcedureBasis,
    ProcedurePage,
    SubmissionWay,
    fee_words,
    time_words,
)
from procedures.models.schema import duration, service_facts
from procedures.services import field_save
from tests.officers import make_officer
from tests.procedures.portal import LIST, ProcedureSite


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((10, "working_day"), "10 ngày làm việc"),
        ((24, "hour", "kể từ lúc nhận"), "24 giờ (kể từ lúc nhận)"),
        ((None, "session"), "trả ngay trong buổi"),
        ((None, "none", "hẹn 24 giờ"), "không quy định (hẹn 24 giờ)"),
        ((None, "", "tùy việc"), "tùy việc"),
        ((None, "day"), ""),
    ],
)
def test_times_in_words(given, words):
    assert time_words(*given) == words


def test_fees_in_words():
    assert [
        fee_words(*given) for given in (("free", None), ("amount", 20000), ("text", None, "Theo NQ"), ("", None))
    ] == [*("Không thu", "20.000 đồng", "Theo NQ", "")]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"unit": "day", "quantity": None}, "quantity"),
        ({"unit": "", "quantity": 3}, "unit"),
        ({"unit": "session", "quantity": 3}, "unit"),
        ({"fee_kind": "amount"}, "fee_amount"),
        ({"fee_kind": "text"}, "fee_text"),
        ({"unit": "day", "quantity": 99999999}, "quantity"),
        ({"fee_kind": "amount", "fee_amount": 10**9 + 1}, "fee_amount"),
    ],
)
def test_a_way_that_says_half_is_refused_beside_its_field(facts, field):
    with pytest.raises(ValidationError) as refused:
        SubmissionWay(**{"channel": "direct"} | facts).full_clean(exclude=["page"])
    assert list(refused.value.error_dict) == [field]


class PageTest(ProcedureSite):
    def test_every_part_that_has_something_stands_there_and_no_other(self):
        body = self.body(self.page.url)
        assert [part.anchor for part in self.page.parts] == [
            *("noi-tiep-nhan", "cach-nop", "ho-so", "ket-qua", "duong-di"),
        ]
        for part in self.page.parts:
            assert f'<h2 id="{part.anchor}">{part.text}</h2>' in body
        for anchor in ("can-cu", "dieu-kien", "noi-bo", "trinh-tu", "buu-chinh", "ho-so-mau", "hoi-o-dau"):
            assert f'id="{anchor}"' not in body
        for words in (
            "9.000001",
            "Cấp tỉnh, Cấp xã",
            "20.000 đồng",
            "Một cửa",
            "Ngoài tỉnh",
            "Hai nguồn nói khác nhau",
        ):
            assert words in body
        assert "trang này ghi “3 ngày”; Dịch vụ công cũ ghi “5 ngày”" in body

    def test_time_and_fee_stand_at_its_head(self):
        """On a phone the table of ways is many screens down; how long and how much is what people come for."""
        head = self.body(self.page.url).partition('<header class="page__head">')[2].partition("</header>")[0]
        words = " ".join(BeautifulSoup(head, "html.parser").get_text(" ").split())
        assert "Thời hạn: 3 ngày làm việc; 2 ngày làm việc Phí, lệ phí: Không thu; 20.000 đồng" in words
        assert 'href="#cach-nop"' in head
        bare = procedure(self.index, "9.000077")
        assert "#cach-nop" not in self.body(bare.url)

    def test_it_is_read_in_the_order_of_the_national_record(self):
        body = self.body(self.page.url)
        places = [body.index(words) for words in ("Lĩnh vực</dt>", 'id="noi-tiep-nhan"', 'id="cach-nop"', 'id="ho-so"')]
        assert places == sorted(places)

    def test_search_engines_read_a_service_of_government(self):
        response = self.client.get(self.page.url).content.decode()
        data = response.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        facts = json.loads(data)
        facts = facts if "identifier" in facts else next(each for each in facts["@graph"] if "identifier" in each)
        assert (facts["@type"], facts["identifier"]) == ("GovernmentService", "9.000001")
        assert {offer["price"] for offer in facts["offers"]} == {0, 20000}
        place = {"@type": "Place", "name": "Một cửa", "address": "Số 1"}
        assert facts["availableChannel"] == [
            {
                "@type": "ServiceChannel",
                "name": "Trực tiếp",
                "description": "3 ngày làm việc",
                "processingTime": "P5D",
                "serviceLocation": [place],
            },
            {
                "@type": "ServiceChannel",
                "name": "Trực tuyến",
                "description": "2 ngày làm việc",
                "processingTime": "P4D",
                "serviceUrl": "https://dvc.example.vn/1",
            },
        ]

    def test_a_place_or_an_address_that_no_way_speaks_of_is_still_a_way_in(self):
        self.place.phone = "0299 1"
        self.place.save()
        self.page.ways = [way(channel="post", quantity=None, unit="session")]
        self.page.save_revision().publish()
        by_post, at_the_desk, online = service_facts(ProcedurePage.objects.get(pk=self.page.pk))["availableChannel"]
        assert by_post == {
            "@type": "ServiceChannel",
            "name": "Dịch vụ bưu chính",
            "description": "trả ngay trong buổi",
        }
        [desk] = at_the_desk["serviceLocation"]
        assert (desk["name"], desk["telephone"]) == ("Một cửa", "0299 1")
        assert online["serviceUrl"] == "https://dvc.example.vn/1"

    def test_open_data_names_the_page_of_a_basis_once_it_is_public(self):
        basis = StandardPage(title="Căn cứ đang soạn")
        HomePage.objects.get().add_child(instance=basis)
        self.page.bases = [ProcedureBasis(cited_page=basis)]
        self.page.save_revision().publish()
        told = f"/api/v1/thu-tuc/{self.page.code}/"
        assert self.client.get(told).json()["bases"] == "Căn cứ đang soạn"
        basis.unpublish()
        assert self.client.get(told).json()["bases"] is None
        assert "Căn cứ đang soạn" not in self.body(self.page.url)

    def test_an_abolished_one_says_so_first_and_leads_on(self):
        old = procedure(self.index, "9.000090", state="abolished", replaced_by=self.page)
        body = self.body(old.url)
        assert "Thủ tục này đã bị bãi bỏ" in body
        assert old.checklist_url not in body, "nobody prepares for what is gone"
        assert self.page.checklist_url in self.body(self.page.url)
        assert f'<a href="{self.page.url}">9.000001 – {self.page.title}</a>' in body
        assert f'<a href="{old.url}">9.000090' in self.body(self.page.url)
        over = procedure(self.index, "9.000091", effective_to=timezone.localdate() - timedelta(days=1))
        assert over.is_gone
        listed = [row.code for row in self.client.get(LIST).context["procedure_page"]]
        assert listed[-1] == "9.000090", "what was abolished stands last"
        later = procedure(self.index, "9.000092", effective_from=timezone.localdate() + timedelta(days=9))
        assert [row.code for row in self.page.related_pages()] == []
        assert [row.code for row in later.related_pages()] == ["9.000001"], "neither expired nor abolished"
        for standing, code in (("expired", "9.000091"), ("abolished", "9.000090"), ("not_yet", "9.000092")):
            told = self.client.get("/api/v1/thu-tuc/", {"tinh-trang": standing}).json()["items"]
            assert [(row["code"], row["state"]) for row in told] == [(code, standing)]
        sheet = self.client.get(old.paper_url).content
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages).split())
        assert "Thủ tục này đã bị bãi bỏ" in text
        assert "Nay làm theo thủ tục: 9.000001" in text

    def test_codes_lead_to_pages_and_decisions_to_both(self):
        answer = self.client.get(f"{LIST}ma/9.000001/")
        assert (answer.status_code, answer.url) == (302, self.page.url)
        for code in ("9.999999", "%00", "9.000001%00", "９.０００００１", "x" * 500):
            assert self.client.get(f"{LIST}ma/{code}/").status_code == 404, code
        paper = document(OfficialDocumentIndexPage.objects.get(), "5/QĐ-MAU")
        paper.announced = [AnnouncedProcedure(code="9.000001", name="Chuyển trường", change="new")]
        paper.save_revision().publish()
        assert f'href="{self.page.url}"' in self.body(paper.url)
        assert f'href="{paper.url}"' in self.body(self.page.url)

    def test_the_sheet_to_post_up_says_the_same(self):
        answer = self.client.get(f"{self.page.url}ban-in/")
        assert (answer["Content-Type"], answer["X-Robots-Tag"]) == ("application/pdf", "noindex")
        kept = self.client.get(f"{self.page.url}ban-in/", headers={"if-none-match": answer["ETag"]})
        assert kept.status_code == 304
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        text = " ".join(text.split())
        optional, differs = "Giấy ưu tiên (1 bản chính) – chỉ cần khi có", "Dịch vụ công cũ ghi “5 ngày”"
        for words in ("9.000001", "20.000 đồng", optional, differs, "Một cửa"):
            assert words in text

    def test_open_data_is_for_everybody_and_asked_after(self):
        records = self.client.get("/api/v1/thu-tuc/").json()
        assert [row["code"] for row in records["items"]] == ["9.000001"]
        one = self.client.get("/api/v1/thu-tuc/9.000001/").json()
        assert one["fee"] == "Không thu; 20.000 đồng"
        assert (one["levels"], one["audiences"]) == (["cap-tinh", "cap-xa"], ["cong-dan"])
        direct = {"channel": "direct", "audience": None, "quantity": 3, "unit": "working_day"}
        assert one["time"] == [
            {**direct, "words": "3 ngày làm việc"},
            {**direct, "channel": "online", "quantity": 2, "words": "2 ngày làm việc"},
        ]
        answer = self.client.get(f"{LIST}du-lieu.json")
        assert answer.json()["total"] == 1
        again = self.client.get(f"{LIST}du-lieu.json", headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304
        field_save(field=self.page.field, name="Tên mới của lĩnh vực", order=1, actor=make_officer(Role.EDITOR))
        assert search("ten moi cua linh vuc", kind="procedure").total == 1
        again = self.client.get(f"{LIST}du-lieu.json", headers={"if-none-match": answer["ETag"]})
        assert again.json()["items"][0]["field"] == "Tên mới của lĩnh vực"
        [row] = csv.DictReader(io.StringIO(self.client.get(f"{LIST}du-lieu.csv").getvalue().decode("utf-8-sig")))
        assert list(row)[:4] == ["id", "code", "name", "field"]
        assert row["name"] == "Chuyển trường trung học cơ sở"
        assert (row["levels"], row["audiences"]) == ("cap-tinh,cap-xa", "cong-dan")
        assert row["time"] == "3 ngày làm việc; 2 ngày làm việc", "a table has words, not lists"
        assert "9.000001: Chuyển trường" in self.client.get(f"{LIST}atom.xml").content.decode()

    def test_the_home_page_invites_once_there_is_something(self):
        assert f'href="{LIST}"' in self.body("/").partition("<main")[2]

    def test_need_code_and_name_without_marks_find_it(self):
        for words in ("doi truong", "9.000001", "CHUYEN TRUONG THCS", "chuyển nhà"):
            assert search(words, kind="procedure").total == 1, words
            rows = self.client.get(LIST, {"q": words}).context["procedure_page"]
            assert [row.code for row in rows] == ["9.000001"], words
        body = self.body(f"{LIST}?q=zzz+khong+co")
        assert "Không có thủ tục nào khớp" in body
        assert "Thử cách khác" in body

    def test_whoever_begins_a_complaint_is_offered_the_procedure_first(self):
        assert self.page.title in self.body("/phan-anh-kien-nghi/gui/?tim=doi+truong")

    def test_filters_count_every_level_and_audience_of_a_row(self):
        procedure(self.index, "9.000002", levels=["cap-xa"], audiences=",to-chuc,", field="Văn bằng")
        counts = self.client.get(LIST).context["facets"]
        assert counts.total == 2
        assert counts.counts("level") == {"cap-tinh": 1, "cap-xa": 2}
        narrowed = self.client.get(LIST, {"cap": "cap-tinh"}).context
        assert narrowed["facets"].total == 1
        assert narrowed["facets"].counts("level") == {"cap-tinh": 1, "cap-xa": 2}
        assert [row.code for row in narrowed["procedure_page"]] == ["9.000001"]
        assert not self.client.get(LIST, {"cap": "cap-tinh", "doi-tuong": "to-chuc"}).context["procedure_page"]
        for query in ("?linh-vuc=abc", "?cap=%00", "?doi-tuong=x", "?trang=-1", "?q=%22", "?linh-vuc=99999999999"):
            assert self.client.get(LIST + query).status_code == 200


@pytest.mark.parametrize(
    ("quantity", "unit", "said"),
    [
        (1, "working_day", "P3D"),
        (5, "working_day", "P7D"),
        (6, "working_day", "P10D"),
        (15, "working_day", "P21D"),
        (30, "day", "P30D"),
        (4, "hour", "PT4H"),
        (2, "month", "P2M"),
        (None, "session", ""),
        (None, "none", ""),
        (None, "", ""),
    ],
)
def test_a_time_limit_is_told_to_programs_as_no_fewer_days_than_it_may_take(quantity, unit, said):
    assert duration(quantity, unit) == said
