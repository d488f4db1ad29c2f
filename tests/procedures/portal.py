"""One published procedure with every common part, and one that waits to be confirmed; for tests of its pages."""

from django.test import TestCase

from wagtail.models import Page

from procedures.factories import procedure, way
from procedures.models import (
    ProcedureIndexPage,
    ProcedurePage,
    ProcedurePlace,
    ProcedureResult,
    ReceivingPlace,
    SourceDifference,
)
from tests.site import build_site

LIST = "/thu-tuc-hanh-chinh/"


def case(name, *papers):
    rows = [{"name": paper, "originals": 1, "copies": 0, "optional": paper.startswith("?")} for paper in papers]
    return ("case", {"name": name, "papers": rows})


def confirm_all():
    """Make every procedure readable, as if officers had confirmed and published each."""
    ProcedurePage.objects.update(needs_confirmation=False)
    Page.objects.filter(pk__in=ProcedurePage.objects.values("pk")).update(live=True)


class ProcedureSite(TestCase):
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
