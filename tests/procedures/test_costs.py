"""What procedures cost among many, and the screen on which a file of them is looked at."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from cms.core.enums import Role
from procedures.factories import many_procedures, procedure, way
from procedures.importers import read_procedures
from procedures.models import (
    ProcedureIndexPage,
    ProcedurePage,
    ProcedurePlace,
    ProcedureResult,
    ReceivingPlace,
)
from procedures.services import procedure_import
from tests.files.make_samples import GOOD_PROCEDURES, PROCEDURE_HEADINGS, csv_text, samples
from tests.officers import make_officer
from tests.procedures.portal import LIST
from tests.site import build_site


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
        assert (
            '<del><span class="visually-hidden">bỏ: </span>3</del><ins><span class="visually-hidden">thêm: </span>2'
            in body
        )
        assert "<dt>Phí, lệ phí</dt>" in body
        assert "10.000" in body
        assert ProcedurePage.objects.get(code="9.100001").revisions.count() == 1

    def test_who_may_not_import_may_not(self):
        self.client.force_login(make_officer(Role.HANDLER))
        assert self.client.get("/quan-tri/nhap-thu-tuc/").status_code in {302, 403}
