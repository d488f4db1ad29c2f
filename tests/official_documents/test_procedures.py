"""Decisions that announce procedures: bare words until the portal has a page of the code, never a dead link."""

from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import TestCase

import pytest

from cms.core.ports import CodeFinder, code_finders, register_code_finder
from cms.official_documents.factories import document
from cms.official_documents.models import AnnouncedProcedure, OfficialDocumentIndexPage, ProcedureLine
from tests.site import build_site


@pytest.fixture
def procedures():
    """An app that knows one procedure."""
    asked = []

    def find(codes):
        asked.append(list(codes))
        return {code: f"/thu-tuc-hanh-chinh/ma/{code}/" for code in codes if code == "1.004494"}

    real = code_finders.items.pop("procedure")
    register_code_finder(CodeFinder("procedure", "Thủ tục", find))
    yield asked
    code_finders.items["procedure"] = real


class AnnouncedTest(TestCase):
    @pytest.fixture(autouse=True)
    def _finder(self, request):
        self.request = request

    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.page = document(OfficialDocumentIndexPage.objects.get(), "5/QĐ-UBND")
        cls.page.announced = [
            AnnouncedProcedure(code="1.004494", name="Chuyển trường", change="amended"),
            AnnouncedProcedure(code="1.999999", name="Thủ tục chưa có trang", change="new"),
        ]
        cls.page.save_revision().publish()

    def test_without_such_a_page_they_are_words(self):
        assert [line.url for line in self.page.procedure_lines] == ["", ""]
        page = self.client.get(self.page.url).content.decode()
        assert "1.004494" in page
        assert "/thu-tuc-hanh-chinh/ma/" not in page

    def test_with_it_the_known_ones_are_links_by_one_question(self):
        asked = self.request.getfixturevalue("procedures")
        assert self.page.procedure_lines == [
            ProcedureLine("1.004494", "Chuyển trường", "Sửa đổi, bổ sung", "/thu-tuc-hanh-chinh/ma/1.004494/"),
            ProcedureLine("1.999999", "Thủ tục chưa có trang", "Mới ban hành", ""),
        ]
        assert asked == [["1.004494", "1.999999"]]

    def test_a_procedure_finds_its_decisions_and_so_does_the_search(self):
        template = Template(
            "{% load official_documents_tags %}{% documents_announcing '1.004494' as found %}"
            "{% for page in found %}{{ page.number }}{% endfor %}"
        )
        assert template.render(Context()) == "5/QĐ-UBND"
        listed = self.client.get("/van-ban/?q=1.004494").context["document_page"]
        assert [row.pk for row in listed] == [self.page.pk]


@pytest.mark.parametrize("code", ["1.00449", "1004494", "1.004494x", "x", "1.004494 "])
def test_a_code_that_is_none_is_refused(code):
    with pytest.raises(ValidationError, match=r"1\.004494"):
        AnnouncedProcedure(code=code, name="A").clean_fields(exclude=["page"])


@pytest.mark.parametrize("code", ["1.004494", "1.014194.H38", "1.012965.01"])
def test_a_code_of_the_national_portal_is_taken(code):
    AnnouncedProcedure(code=code, name="A").clean_fields(exclude=["page"])
