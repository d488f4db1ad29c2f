"""A procedure's page, its list, its checklist, and the fixed addresses: what readers see, and what they never do."""

import io
import json
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from pypdf import PdfReader

from cms.core.enums import Role
from cms.core.search import search
from cms.home.models import HomePage
from cms.official_documents.factories import document
from cms.official_documents.models import AnnouncedProcedure, OfficialDocumentIndexPage
from cms.pages.models import StandardPage
from procedures.factories import many_procedures, procedure, way
from procedures.importers import read_procedures
from procedures.models import (
    ProcedureBasis,
    ProcedureIndexPage,
    ProcedurePage,
    ProcedurePlace,
    ProcedureResult,
    ReceivingPlace,
    SourceDifference,
    SubmissionWay,
    fee_words,
    time_words,
)
from procedures.models.checklist import checklist_of
from procedures.services import field_save, procedure_import
from tests.files.make_samples import GOOD_PROCEDURES, PROCEDURE_HEADINGS, csv_text, samples
from tests.officers import make_officer
from tests.site import build_site

LIST = "/thu-tuc-hanh-chinh/"


def case(name, *papers):
    rows = [{"name": paper, "originals": 1, "copies": 0, "optional": paper.startswith("?")} for paper in papers]
    return ("case", {"name": name, "papers": rows})


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


class PageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = ProcedureIndexPage.objects.get()
        cls.place = ReceivingPlace.objects.create(
            name="Một cửa", address="Số 1", hours="Sáng\nChiều", map_url="https://ban-do.example.vn/"
        )
        cls.page = procedure(
            cls.index,
            title="Chuyển trường trung học cơ sở",
            levels=["cap-tinh", "cap-xa"],
            audiences=",cong-dan,",
            keywords="đổi trường, chuyển nhà",
            online_url="https://dvc.example.vn/1",
            ways=[way(quantity=3), way(channel="online", quantity=2, fee_kind="amount", fee_amount=20000)],
            dossier=[case("Trong tỉnh", "Đơn", "Học bạ"), case("Ngoài tỉnh", "Đơn", "Học bạ", "?Giấy ưu tiên")],
            places=[ProcedurePlace(place=cls.place)],
            results=[ProcedureResult(name="Quyết định tiếp nhận")],
            differences=[
                SourceDifference(what="Thời hạn", here="3 ngày", elsewhere="5 ngày", source="Dịch vụ công cũ")
            ],
        )
        cls.draft = procedure(cls.index, "9.000009", title="Chuyển trường bí mật", live=False, needs_confirmation=True)

    def body(self, address):
        response = self.client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    def test_every_part_that_has_something_stands_there_and_no_other(self):
        body = self.body(self.page.url)
        assert [part.anchor for part in self.page.parts] == ["noi-tiep-nhan", "cach-nop", "ho-so", "ket-qua"]
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

    def test_search_engines_read_a_service_of_government(self):
        response = self.client.get(self.page.url).content.decode()
        data = response.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        facts = json.loads(data)
        facts = facts if "identifier" in facts else next(each for each in facts["@graph"] if "identifier" in each)
        assert (facts["@type"], facts["identifier"]) == ("GovernmentService", "9.000001")
        assert {offer["price"] for offer in facts["offers"]} == {0, 20000}
        assert len(facts["availableChannel"]) == 2

    def test_what_waits_to_be_confirmed_is_nobodys_even_when_published(self):
        with pytest.raises(ValidationError, match="cần xác nhận"):
            self.draft.save_revision().publish()
        ProcedurePage.objects.filter(pk=self.draft.pk).update(live=True)
        for address in (self.draft.url, f"{self.draft.url}chuan-bi/", f"{self.draft.url}ban-in/"):
            assert self.client.get(address).status_code == 404
        assert self.client.get(f"{LIST}ma/9.000009/").status_code == 404
        assert search("bi mat", kind="procedure").total == 0
        for address in (LIST, f"{LIST}atom.xml", "/api/v1/thu-tuc/"):
            assert "bí mật" not in self.client.get(address).content.decode()
        ProcedurePage.objects.filter(pk=self.draft.pk).update(live=False)
        mapped = self.client.get("/sitemap.xml").content.decode()
        assert (self.page.slug in mapped, self.draft.slug in mapped) == (True, False)
        for name in ("csv", "json"):
            answer = self.client.get(f"{LIST}du-lieu.{name}")
            assert "9.000009" not in answer.getvalue().decode()

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

    def test_an_editor_cannot_publish_it_and_hears_why(self):
        self.client.force_login(make_officer(Role.PUBLISHER))
        address = f"/quan-tri/pages/{self.draft.pk}/edit/"
        form = self.client.get(address).context["form"]
        assert form.fields["levels"].choices
        data = {"title": "Một", "code": "9.000009", "field": self.draft.field_id, "state": "in_force", "slug": "mot"}
        data |= {"needs_confirmation": "on", "levels": ["cap-xa", "cap-tinh"], "comments": "off", "dossier-count": "0"}
        for name in form.formsets:
            data |= {f"{name}-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
        answer = self.client.post(address, data | {"action-publish": "1"})
        assert "bỏ dấu “cần xác nhận” trước khi đăng" in answer.content.decode()
        handed = self.client.post(address, data | {"action-submit": "1"}).content.decode()
        assert "bỏ dấu “cần xác nhận” trước khi đăng" in handed
        assert self.client.post(address, data).status_code == 302, "a draft is kept with it"
        draft = ProcedurePage.objects.get(pk=self.draft.pk).get_latest_revision_as_object()
        assert draft.levels == ",cap-tinh,cap-xa,"
        del data["needs_confirmation"]
        self.client.post(address, data | {"action-publish": "1"})
        assert ProcedurePage.objects.readable().filter(pk=self.draft.pk).exists()

    def test_no_screen_puts_an_unconfirmed_version_in_the_place_of_a_confirmed_one(self):
        """Handing in, approving, many at once, an old version again: each answers with the reason."""
        publisher = make_officer(Role.PUBLISHER)
        page = ProcedurePage.objects.get(pk=self.page.pk)
        page.needs_confirmation, page.authority = True, "Chưa kiểm"
        page.save_revision().content_object.get_workflow().start(page, make_officer(Role.EDITOR))
        self.client.force_login(publisher)
        state = ProcedurePage.objects.get(pk=page.pk).current_workflow_task_state
        approve = f"/quan-tri/pages/workflow/action/{page.pk}/approve/{state.pk}/"
        answer = self.client.post(approve, {"comment": ""}, follow=True)
        assert answer.status_code == 200
        assert "bỏ dấu “cần xác nhận” trước khi đăng" in answer.content.decode()
        state.refresh_from_db()
        assert state.status == "in_progress"
        many = f"/quan-tri/bulk/wagtailcore/page/publish/?id={page.pk}&id={self.draft.pk}&next=/quan-tri/"
        assert "2 trang chưa đăng được" in self.client.post(many, follow=True).content.decode()
        assert self.client.get(f"/quan-tri/pages/{page.pk}/copy/").status_code == 302
        page = ProcedurePage.objects.get(pk=self.page.pk)
        assert (page.live, page.needs_confirmation, page.authority) == (True, False, "")

    def test_a_code_is_one_page_and_well_written(self):
        for code, words in (("9.000001", "Đã có trang"), ("9.1", "có dạng 1.004494")):
            with pytest.raises(ValidationError, match=words):
                procedure(self.index, code)

    def test_an_abolished_one_says_so_first_and_leads_on(self):
        old = procedure(self.index, "9.000090", state="abolished", replaced_by=self.page)
        body = self.body(old.url)
        assert "Thủ tục này đã bị bãi bỏ" in body
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
        assert (one["time"], one["fee"]) == ("3 ngày làm việc; 2 ngày làm việc", "Không thu; 20.000 đồng")
        answer = self.client.get(f"{LIST}du-lieu.json")
        assert answer.json()["total"] == 1
        again = self.client.get(f"{LIST}du-lieu.json", headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304
        field_save(field=self.page.field, name="Tên mới của lĩnh vực", order=1, actor=make_officer(Role.EDITOR))
        assert search("ten moi cua linh vuc", kind="procedure").total == 1
        again = self.client.get(f"{LIST}du-lieu.json", headers={"if-none-match": answer["ETag"]})
        assert again.json()["items"][0]["field"] == "Tên mới của lĩnh vực"
        heading, row = self.client.get(f"{LIST}du-lieu.csv").getvalue().decode("utf-8-sig").splitlines()
        assert heading.startswith("id,code,name,field")
        assert "Chuyển trường trung học cơ sở" in row
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

    def test_the_checklist_computes_and_keeps_nothing(self):
        address = f"{self.page.url}chuan-bi/"
        first = self.client.get(address)
        asked = first.context["checklist"]
        assert ([line.paper.words for line in asked.lines], asked.ready_count) == (["Đơn", "Học bạ"], 0)
        assert "Đã có 0 trên 2 giấy tờ" in first.content.decode()
        assert not first.cookies
        done = self.client.get(f"{address}?truong-hop=2&co=2-1&co=2-2&co=1-3&cach=2")
        asked = done.context["checklist"]
        assert (len(asked.lines), len(asked.needed), asked.is_complete) == (3, 2, True)
        assert asked.due_on > timezone.localdate()
        body = done.content.decode()
        assert "Đã đủ giấy tờ" in body
        assert "20.000 đồng" in body
        assert body.count(" checked") == 4
        assert "Đã có 0 trên 2" in self.body(f"{address}?truong-hop=2&co=1-1&co=1-2"), "ticks of another case"
        for query in ("?truong-hop=99&cach=0&co=abc", "?co=" + "9" * 30, "?cach=%00&truong-hop=-1"):
            assert "Đã có 0 trên 2" in self.body(address + query)

    def test_the_day_of_the_result_is_a_day_on_which_the_office_works(self):
        saturday = datetime(2026, 12, 5, 9, tzinfo=timezone.get_current_timezone())
        found = []
        for quantity, unit in ((1, "working_day"), (5, "day"), (None, "session"), (99999999, "day"), (24, "hour")):
            self.page.ways = [way(quantity=quantity, unit=unit)]
            asked = checklist_of(self.page, QueryDict(""), now=saturday)
            found.append((asked.counted_from and asked.counted_from.day, asked.due_on and asked.due_on.day))
        assert found == [(7, 8), (7, 14), (7, 7), (None, None), (None, None)]

    def test_nothing_to_tick_is_said(self):
        bare = procedure(self.index, "9.000003")
        assert "chưa ghi giấy tờ phải có" in self.body(f"{bare.url}chuan-bi/")

    def test_versions_compare(self):
        self.client.force_login(make_officer(Role.PUBLISHER))
        page = ProcedurePage.objects.get(pk=self.page.pk)
        page.levels, page.authority = ",cap-xa,", "Trường học"
        page.save_revision()
        body = self.client.get(f"/quan-tri/pages/{page.pk}/revisions/compare/earliest...latest/").content.decode()
        assert "Trường học" in body


class CostTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = ProcedureIndexPage.objects.get()

    def queries(self, address):
        with CaptureQueriesContext(connection) as queries:
            answer = self.client.get(address)
            assert answer.status_code == 200
            b"".join(answer)
        return len(queries)

    def test_queries_do_not_grow_with_procedures(self):
        many_procedures(self.index, 10)
        asked = (
            LIST,
            f"{LIST}?cap=cap-xa&doi-tuong=cong-dan",
            f"{LIST}du-lieu.csv",
            f"{LIST}atom.xml",
            "/api/v1/thu-tuc/",
        )
        one = ProcedurePage.objects.first().url
        for address in (*asked, one):
            self.queries(address)  # the first visit fills caches
        few = [self.queries(address) for address in (*asked, one)]
        many_procedures(self.index, 990)
        many = [self.queries(address) for address in (*asked, one)]
        assert many == few
        assert max(many) <= 45

    def test_the_list_of_editors_reads_the_draft_and_costs_the_same_for_few_and_many(self):
        page = procedure(self.index, "9.001000")
        page.needs_confirmation = True
        page.save_revision()
        self.client.force_login(make_officer(Role.PUBLISHER))
        assert "Cần xác nhận</td>" in "".join(
            self.client.get("/quan-tri/danh-sach-thu-tuc/").content.decode().split("\n")
        ).replace("  ", "")
        costs = []
        for _round in range(2):
            for number in range(3):
                procedure(self.index, f"9.00{len(costs)}1{number}0", field=f"Lĩnh vực {len(costs)}{number}")
            costs.append(self.queries("/quan-tri/danh-sach-thu-tuc/?state=in_force"))
        assert costs[0] == costs[1]

    def test_what_hangs_on_a_page_costs_the_same(self):
        places = [ReceivingPlace.objects.create(name=f"Nơi {n}", address="Số 1") for n in range(10)]
        pages = [
            procedure(
                self.index,
                f"9.00100{count}",
                ways=[way() for _n in range(count)],
                places=[ProcedurePlace(place=place) for place in places[:count]],
                results=[ProcedureResult(name="Kết quả") for _n in range(count)],
            )
            for count in (1, 9)
        ]
        self.queries(pages[0].url)
        assert self.queries(pages[0].url) == self.queries(pages[1].url)


class ImportScreenTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_the_upload_shows_each_difference_before_anything_is_written(self):
        reading = read_procedures(samples()["thu_tuc_tot.csv"], "a.csv")
        procedure_import(rows=[item.data for item in reading.items], actor=None, publish=True)
        self.client.force_login(make_officer(Role.EDITOR))
        rows = [(*GOOD_PROCEDURES[0][:4], "2", "10.000 đồng", *GOOD_PROCEDURES[0][6:])]
        content = csv_text(rows, headings=PROCEDURE_HEADINGS).encode()
        sent = self.client.post("/quan-tri/nhap-thu-tuc/", {"file": SimpleUploadedFile("a.csv", content)})
        body = self.client.get(sent.url).content.decode()
        assert "<li>Thời hạn: 3 ngày làm việc → 2 ngày làm việc</li>" in body
        assert "<li>Phí, lệ phí: Không thu → 10.000 đồng</li>" in body
        assert ProcedurePage.objects.get(code="9.100001").revisions.count() == 1

    def test_who_may_not_import_may_not(self):
        self.client.force_login(make_officer(Role.HANDLER))
        assert self.client.get("/quan-tri/nhap-thu-tuc/").status_code in {302, 403}
